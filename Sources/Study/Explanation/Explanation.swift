import MobileNet
import Tensors

/// The attributions that a method found: a number for each value of the input or of a layer's
/// output.
public struct Explanation: Sendable {
  /// The target that was explained.
  public let target: Target
  /// The method that explained the target.
  public let method: ExplanationMethod
  /// The position of the layer whose output the method looked at; nil for the network's input.
  public let position: Int?
  /// The attributions, height × width × channels; occlusion and Grad-CAM have one channel.
  public let values: Tensor
  /// The value of the target.
  public let value: Double
  /// The value of the target for a grey picture; nil for methods other than integrated gradients.
  public let baseline: Double?

  /// The sum of all attributions; for integrated gradients, about `value` − `baseline`.
  public var sum: Double {
    values.withUnsafeBufferPointer { $0.reduce(0) { $0 + Double($1) } }
  }

  /// The attribution of each place: the sum over channels if the method has signs, else the largest
  /// magnitude.
  public var map: Plane {
    let shape = values.shape
    let numbers = values.withUnsafeBufferPointer { all in
      (0..<shape.places).map { place in
        let channels = all[place * shape.channels..<(place + 1) * shape.channels]
        return method.hasSign
          ? channels.reduce(0, +) : channels.reduce(0) { max($0, $1.magnitude) }
      }
    }
    return Plane(height: shape.height, width: shape.width, values: numbers)
  }
}

/// The reasons why a method cannot explain something.
public enum ExplanationError: Error, Equatable, CustomStringConvertible {
  /// The network has no such target.
  case target(TargetError)
  /// The layer comes after the one that the target is computed from.
  case behind(layer: String, target: String)
  /// Grad-CAM weights the channels of a layer; the input is no layer.
  case needsLayer
  /// A setting is out of its range.
  case setting(String, Int, expected: ClosedRange<Int>)
  /// The target, or its gradient, is not finite.
  case tooLarge

  /// One line that names the thing and what was expected.
  public var description: String {
    switch self {
    case .target(let error): "\(error)"
    case .behind(let layer, let target):
      "\(layer) comes after \(target), which is explained: nothing there can have caused it"
    case .needsLayer: "grad-cam weighs the channels of a layer: name one, not the input"
    case .setting(let name, let value, let expected):
      "\(name) \(value): expected a number from \(expected.lowerBound) to \(expected.upperBound)"
    case .tooLarge: "too large for the network's numbers"
    }
  }
}
