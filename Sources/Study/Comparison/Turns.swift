import Kernels
import MobileNet
import Tensors

/// Runs several networks in turns, so that other work of the machine slows all of them alike.
public struct Turns {
  /// Each runs a network once and returns the time in milliseconds.
  private let runs: [() -> Double]

  /// Creates turns of `runs`, which time themselves.
  init(_ runs: [() -> Double]) { self.runs = runs }

  /// Creates turns of `networks`, each with an input of its own.
  public init(_ networks: [Network]) {
    runs = networks.map { network in
      let input = Tensor(repeating: 0.5, shape: network.inputShape)
      return {
        let watch = Stopwatch()
        _ = network.probabilities(of: input)
        return watch.milliseconds
      }
    }
  }

  /// Returns the shortest time of each network over several rounds, in milliseconds; `report`
  /// receives the times after each round and stops the work by throwing.
  public func shortest(report: ([Double]) throws -> Void) rethrows -> [Double] {
    // The first run finds cold memory.
    for run in runs { _ = run() }
    return try (0..<Repetition.count).reduce([Double](repeating: .infinity, count: runs.count)) {
      shortest, _ in
      let found = zip(shortest, runs).map { min($0, $1()) }
      try report(found)
      return found
    }
  }
}
