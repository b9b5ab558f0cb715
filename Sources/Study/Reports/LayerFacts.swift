import MobileNet

/// What can be said of a layer without running it, as names and values.
public struct LayerFacts: Equatable, Sendable {
  private let layer: Layer
  private let field: ReceptiveField

  /// Describes the layer at `position` of `layers`.
  public init(position: Int, layers: [Layer]) {
    layer = layers[position]
    field = layers.receptiveFields()[position]
  }

  /// The operation with its window: `pointwise 1×1`.
  public var operation: String {
    switch layer.operation {
    case .convolution, .pooling:
      "\(layer.kind.rawValue) \(layer.kernelSide)×\(layer.kernelSide)"
    case .fullyConnected, .softmax, .sigmoid, .addition, .concatenation: layer.kind.rawValue
    }
  }

  /// The shapes on both sides: `56×56×96 → 56×56×192`.
  public var shapes: String { "\(layer.input) → \(layer.output)" }

  /// Stride, padding and activation: `stride 2 · pads 0 before, 1 after · ReLU6`.
  public var settings: String {
    var parts: [String] = []
    if case .convolution(let convolution) = layer.operation {
      let (before, after) = (convolution.window.before, convolution.window.after)
      parts.append("stride \(layer.stride)")
      if before.above != before.left {
        parts.append("pads \(before.above) above, \(before.left) left, \(after) after")
      } else {
        parts.append(
          before.above == after
            ? "pads \(after)" : "pads \(before.above) before, \(after) after")
      }
    }
    if let activation = layer.activation { parts.append(activation.name) }
    return parts.isEmpty ? "no window, no activation" : parts.joined(separator: " ─ ")
  }

  /// How its parameters are counted, with its numbers: `3·3·3·32 + 32 = 896`.
  public var parameterFormula: String {
    guard layer.hasWeights else { return "none" }
    return "\(weights) + \(layer.output.channels) = \(NumberText.grouped(layer.parameters))"
  }

  /// How its multiply-adds are counted, with its numbers: `112·112 · 3·3·3·32 = 10.8 M`.
  public var multiplyAddFormula: String {
    guard layer.hasWeights else { return "none" }
    let places = layer.output.places == 1 ? "" : "\(layer.output.height)·\(layer.output.width) · "
    return "\(places)\(weights) = \(NumberText.short(layer.multiplyAdds))"
  }

  /// How much of the input one of its cells sees: `43×43 pixels, every 8`.
  public var receptiveField: String {
    layer.output.places == 1
      ? "the whole input" : "\(field.side)×\(field.side) pixels, every \(field.step)"
  }

  private var weights: String {
    let outputs = layer.output.channels
    return switch layer.kind {
    case .convolution: "3·3·\(layer.input.channels)·\(outputs)"
    case .depthwise: "3·3·\(outputs)"
    default: "\(layer.input.channels)·\(outputs)"
    }
  }
}
