import Comparison
import MobileNet

/// What this machine can do at most, on as many threads as networks have.
public struct RoofQuestion: Question {
  /// The work is half a second of measuring.
  public static let lane = Lane.measure
  /// The answer is small and slow to compute.
  public static let isKept = true

  /// Asks what the threads can do, whatever network runs on them.
  public init() {}

  /// Measures arithmetic and memory.
  public func answer(_ researcher: Researcher, report: (Roof) throws -> Void) throws -> Roof {
    Roof(
      threads: researcher.threads ?? Network.defaultThreads,
      instructionSet: researcher.instructionSet)
  }
}
