/// An error from weights that are not a usable MobileNet v1.
public enum CheckpointError: Error, Equatable, CustomStringConvertible {
  /// A layer has no weights at all.
  case missingLayer(String)
  /// The number of a layer's weights or biases does not match the layer's shape.
  case count(layer: String, what: String, found: Int, expected: Int)
  /// A weight is NaN or infinite.
  case notFinite(layer: String, what: String, place: Int)
  /// The number of labels is not that of the classes.
  case listLength(list: String, found: Int, classes: Int)
  /// The network can't run at the default resolution.
  case resolution(Resolution)
  /// The preprocessing makes a different number of channels than the network reads.
  case inputChannels(found: Int, expected: Int)
  /// A scale of a quantised layer is not a finite number above zero.
  case scale(layer: String, what: String, found: Float)

  /// The outputs of a layer to be quantised are too large for float32.
  case overflow(layer: String)

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
    case .overflow(let layer):
      "\(layer) is the first layer whose values are too large for its numbers"
    }
  }
}
