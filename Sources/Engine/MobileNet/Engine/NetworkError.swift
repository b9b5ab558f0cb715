/// Why a network can't be made of a checkpoint.
public enum NetworkError: Error, Equatable, CustomStringConvertible {
  /// The input side is not one that the network can run at.
  case resolution(Int)
  /// The number of threads is out of range.
  case threads(Int)

  /// One line that says what is allowed.
  public var description: String {
    switch self {
    case .resolution(let side):
      "resolution \(side) is not \(Architecture.resolutionsText)"
    case .threads(let count):
      "\(count) threads: expected \(Network.threadsText)"
    }
  }
}
