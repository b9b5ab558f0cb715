/// An error from making a network of a checkpoint.
public enum NetworkError: Error, Equatable, CustomStringConvertible {
  /// The network can't run at this resolution.
  case resolution(Resolution)
  /// The number of threads is out of range.
  case threads(Int)
  /// The checkpoint with this name has no quantised weights.
  case notQuantized(String)
  /// There is no integer kernel for the layer of this name and kind.
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
