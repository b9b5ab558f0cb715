import MobileNet

/// The properties of a layer that need no run, as texts for a table.
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

  /// Stride, padding and activation: `stride 2 ─ pads 0 before, 1 after ─ ReLU6`.
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

  /// The number of parameters as a formula: `3·3·3·32 + 32 = 896`.
  public var parameterFormula: String {
    guard layer.hasWeights else { return "none" }
    return "\(weights) + \(layer.output.channels) = \(NumberText.grouped(layer.parameters))"
  }

  /// The number of multiply-adds as a formula: `112·112 · 3·3·3·32 = 10.8 M`.
  public var multiplyAddFormula: String {
    guard layer.hasWeights else { return "none" }
    let places = layer.output.places == 1 ? "" : "\(layer.output.height)·\(layer.output.width) · "
    return "\(places)\(weights) = \(NumberText.short(layer.multiplyAdds))"
  }

  /// The part of the input that one place of the output sees: `43×43 pixels, every 8`.
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
