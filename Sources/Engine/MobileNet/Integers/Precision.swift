/// The number type that a network computes with.
public enum Precision: String, Hashable, Sendable, Codable, CaseIterable {
  /// 32-bit floats.
  case float
  /// 16-bit weights and outputs, with the arithmetic of floats.
  case half
  /// 8-bit integers with 32-bit sums, as a quantised checkpoint has them.
  case integer

  /// The bytes per number between two layers.
  public var bytesPerNumber: Int {
    switch self {
    case .float: 4
    case .half: 2
    case .integer: 1
    }
  }
}
