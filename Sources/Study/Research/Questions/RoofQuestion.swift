import Comparison
import MobileNet

/// What this machine can do at most, on as many threads as a network has.
public struct RoofQuestion: Question {
  /// Half a second of measuring.
  public static let lane = Lane.measure
  /// Small, and slow to find.
  public static let isKept = true
  /// The network whose threads are measured.
  public let model: Numbered<Model>

  /// Asks what the threads of the network of `model` can do.
  public init(_ model: Numbered<Model>) { self.model = model }

  /// The machine is the same for every network.
  public static func == (first: Self, second: Self) -> Bool { true }

  /// Feeds nothing: there is one answer.
  public func hash(into hasher: inout Hasher) {}

  /// Measures arithmetic and memory.
  public func answer(_ researcher: Researcher, report: (Roof) throws -> Void) throws -> Roof {
    Roof(of: try researcher.ownNetwork(for: model))
  }
}
