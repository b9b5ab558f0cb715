import Foundation
import MobileNet

/// The time of a network: the shortest of several runs, in all and for each layer.
///
/// The time of a single run says little, because other work of the machine can make it several
/// times as long. The answer improves with every run.
public struct TimesQuestion: Question {
  /// The times measured so far.
  public struct Answer: Equatable, Sendable {
    /// The number of runs.
    public let runs: Int
    /// The shortest time of each layer, in milliseconds.
    public let milliseconds: [Double]
    /// The shortest time of all layers together, in milliseconds.
    public let total: Double

    /// Creates an answer.
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
  /// The number of runs to measure.
  public static let runs = 20
  /// The network.
  public let model: Numbered<Model>
  /// The first run, which provides an input and the first times; nil once it is answered.
  private var run: Numbered<Run>?

  /// Asks for the times of `model`, which has made `run`.
  public init(_ model: Numbered<Model>, _ run: Numbered<Run>) {
    self.model = model
    self.run = run
  }

  /// The question without its run.
  public var answered: Self {
    var question = self
    question.run = nil
    return question
  }

  /// Whether the networks are equal: the times do not depend on the photo.
  public static func == (first: Self, second: Self) -> Bool { first.model == second.model }

  /// Hashes what the times depend on.
  public func hash(into hasher: inout Hasher) { hasher.combine(model) }

  /// The number of the network.
  public var modelNumber: Int? { model.number }

  /// Runs the network again and again, and reports after each run.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) throws -> Answer {
    guard let run else { throw Unanswerable("the times: measured already") }
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
      // Half of the time is left for the keys.
      Thread.sleep(forTimeInterval: trace.totalMilliseconds / 1000)
    }
    return Answer(runs: Self.runs, milliseconds: least, total: total)
  }
}
