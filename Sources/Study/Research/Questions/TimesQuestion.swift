import Foundation
import MobileNet

/// The time that a network takes: the shortest of several runs, and of each layer in them.
///
/// Single runs say little: what else the machine does can make any of them several times as long. The
/// answer gets better run by run.
public struct TimesQuestion: Question {
  /// What was measured so far.
  public struct Answer: Equatable, Sendable {
    /// How often the network ran.
    public let runs: Int
    /// The shortest time of each layer, in milliseconds.
    public let milliseconds: [Double]
    /// The shortest time of all layers together, in milliseconds.
    public let total: Double

    /// States what was measured.
    public init(runs: Int, milliseconds: [Double], total: Double) {
      self.runs = runs
      self.milliseconds = milliseconds
      self.total = total
    }
  }

  /// The work is many runs, which may take seconds.
  public static let lane = Lane.measure
  /// The answer is small and slow to compute.
  public static let isKept = true
  /// How often the network runs.
  public static let runs = 20
  /// The network.
  public let model: Numbered<Model>
  /// The run that was first, for something to compute with.
  public let run: Numbered<Run>

  /// Asks about `model`, of which there is a `run`.
  public init(_ model: Numbered<Model>, _ run: Numbered<Run>) {
    self.model = model
    self.run = run
  }

  /// The times do not depend on the photo.
  public static func == (first: Self, second: Self) -> Bool { first.model == second.model }

  /// Hashes what the times depend on.
  public func hash(into hasher: inout Hasher) { hasher.combine(model) }

  /// Drops the times of other networks, which would keep their memory.
  public func outdates(_ older: Self) -> Bool { true }

  /// Runs the network again and again, and reports after each run.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) throws -> Answer {
    let network = try researcher.ownNetwork(for: model)
    var least = run.trace.milliseconds
    var total = run.trace.totalMilliseconds
    var trace: Trace?
    for count in 2...Self.runs {
      network.run(run.trace.input, reusing: &trace)
      guard let trace else { break }
      least = zip(least, trace.milliseconds).map(min)
      total = min(total, trace.totalMilliseconds)
      try report(Answer(runs: count, milliseconds: least, total: total))
      // Half of the time is for the keys.
      Thread.sleep(forTimeInterval: trace.totalMilliseconds / 1000)
    }
    return Answer(runs: Self.runs, milliseconds: least, total: total)
  }
}
