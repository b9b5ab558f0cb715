/// Why a set of weights is not a usable MobileNet v1.
public enum CheckpointError: Error, Equatable, CustomStringConvertible {
  /// A layer has no weights at all.
  case missingLayer(String)
  /// A layer has another number of weights or biases than its shape needs.
  case count(layer: String, what: String, found: Int, expected: Int)
  /// A weight is NaN or infinite.
  case notFinite(layer: String, what: String, place: Int)
  /// There are not as many labels as classes.
  case listLength(list: String, found: Int, classes: Int)
  /// The default resolution is not one that the network can run at.
  case resolution(Resolution)
  /// The preprocessing makes another number of channels than the network reads.
  case inputChannels(found: Int, expected: Int)
  /// A scale of a quantised layer is not a number above zero.
  case scale(layer: String, what: String, found: Float)

  /// One line that names the place and what was expected.
  public var description: String {
    switch self {
    case .missingLayer(let layer):
      "layer \(layer) is missing"
    case .count(let layer, let what, let found, let expected):
      "layer \(layer) has \(found) \(what), expected \(expected)"
    case .notFinite(let layer, let what, let place):
      "layer \(layer): number \(place) of its \(what) is not a finite number"
    case .listLength(let list, let found, let classes):
      "there are \(found) \(list) for \(classes) classes"
    case .resolution(let found):
      "resolution \(found) is not \(Resolution.allowed)"
    case .inputChannels(let found, let expected):
      "the preprocessing makes \(found) channels, and conv1 reads \(expected)"
    case .scale(let layer, let what, let found):
      "layer \(layer): the scale of its \(what) is \(found), expected a number above zero"
    }
  }
}
