import MobileNet
import Tensors

/// What a method found: a number for each value of the input or of a layer.
public struct Explanation: Sendable {
  /// What was explained.
  public let target: Target
  /// How.
  public let method: ExplanationMethod
  /// The position of the layer whose output was looked at; nil is the network's input.
  public let position: Int?
  /// The parts, height × width × channels; occlusion and Grad-CAM have one channel.
  public let values: Tensor
  /// The number that is explained.
  public let value: Double
  /// For integrated gradients, the number of the grey picture.
  public let baseline: Double?

  /// The sum of all parts; with integrated gradients about `value` − `baseline`.
  public var sum: Double {
    values.withUnsafeBufferPointer { $0.reduce(0) { $0 + Double($1) } }
  }

  /// One number for each place: the sum over channels where the parts have a sign, else the largest
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

/// Why a method cannot explain something.
public enum ExplanationError: Error, Equatable, CustomStringConvertible {
  /// The target is not there.
  case target(TargetError)
  /// The layer comes after the one that the target is computed of.
  case behind(layer: String, target: String)
  /// Grad-CAM weighs channels of a layer, and the input has none to weigh.
  case needsLayer
  /// A setting is out of its range.
  case setting(String, Int, expected: ClosedRange<Int>)

  /// One line that names the thing and what was expected.
  public var description: String {
    switch self {
    case .target(let error): "\(error)"
    case .behind(let layer, let target):
      "\(layer) comes after \(target), which is explained: nothing there can have caused it"
    case .needsLayer: "grad-cam weighs the channels of a layer: name one, not the input"
    case .setting(let name, let value, let expected):
      "\(name) \(value): expected a number from \(expected.lowerBound) to \(expected.upperBound)"
    }
  }
}
