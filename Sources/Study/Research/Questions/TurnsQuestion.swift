import Comparison

/// The times of candidates that run in turns, in milliseconds: after each was measured by itself,
/// this makes sure that no smaller network seems slower by accident.
public struct TurnsQuestion: Question {
  /// The work is many runs, which may take seconds.
  public static let lane = Lane.measure
  /// The answer is small and slow to compute.
  public static let isKept = true
  /// The networks at their resolutions.
  public let candidates: [Candidate]

  /// Asks for the times of `candidates`.
  public init(_ candidates: [Candidate]) { self.candidates = candidates }

  /// Runs all in turns, and reports after each round.
  public func answer(
    _ researcher: Researcher, report: ([Candidate: Double]) throws -> Void
  ) throws -> [Candidate: Double] {
    let networks = try candidates.map { candidate in
      try researcher.checkCancellation()
      return try researcher.network(of: researcher.model(of: candidate).value)
    }
    func named(_ times: [Double]) -> [Candidate: Double] {
      Dictionary(zip(candidates, times)) { first, _ in first }
    }
    return named(try Turns(networks).shortest { try report(named($0)) })
  }
}
