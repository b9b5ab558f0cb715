import Kernels
import MobileNet
import Tensors

/// Several networks run in turns: whatever else the machine does slows all of them alike, and none is
/// shown slower by accident.
public struct Turns {
  /// Runs once, and answers how many milliseconds that took.
  private let runs: [() -> Double]

  /// Takes `runs` that time themselves.
  init(_ runs: [() -> Double]) { self.runs = runs }

  /// Takes `networks`, each with an input of its own.
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

  /// The shortest time of each in several rounds, every network once in each; `report` takes what is
  /// known after a round, and throws when nobody wants more.
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
