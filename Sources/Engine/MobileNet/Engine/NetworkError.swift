/// Why a network can't be made of a checkpoint.
public enum NetworkError: Error, Equatable, CustomStringConvertible {
  /// The input side is not one that the network can run at.
  case resolution(Resolution)
  /// The number of threads is out of range.
  case threads(Int)
  /// A checkpoint of floats, by its name, can't run as integers.
  case notQuantized(String)
  /// No integer kernel computes a layer, by its name and its kind.
  case noIntegers(layer: String, kind: Operation.Kind)

  /// One line that says what is allowed.
  public var description: String {
    switch self {
    case .resolution(let found):
      "resolution \(found) is not \(Resolution.allowed)"
    case .threads(let count):
      "\(count) threads: expected \(Network.threadsText)"
    case .notQuantized(let name):
      "\(name) is no quantised checkpoint with a softmax: only those run as integers"
    case .noIntegers(let layer, let kind):
      "\(layer) is a \(kind.rawValue), which is not computed with integers"
    }
  }
}
