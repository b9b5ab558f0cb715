import Comparison
import MobileNet

/// The limits of this machine, on as many threads as networks have.
public struct RoofQuestion: Question {
  /// The work is half a second of measuring.
  public static let lane = Lane.measure
  /// The answer is small and slow to compute.
  public static let isKept = true

  /// Asks for the limits, which are the same for every network.
  public init() {}

  /// Measures arithmetic and bandwidths.
  public func answer(_ researcher: Researcher, report: (Roof) throws -> Void) throws -> Roof {
    Roof(
      threads: researcher.threads ?? Network.defaultThreads,
      instructionSet: researcher.instructionSet)
  }
}
