/// The numbers that a network computes with.
public enum Precision: String, Hashable, Sendable, Codable, CaseIterable {
  /// Floats of 32 bits.
  case float
  /// Weights, and numbers between the layers, of 16 bits; the arithmetic of floats.
  case half
  /// Numbers of eight bits, and sums of 32, as a quantised checkpoint has them.
  case integer

  /// The bytes that a number between two layers takes.
  public var bytesPerNumber: Int {
    switch self {
    case .float: 4
    case .half: 2
    case .integer: 1
    }
  }
}
