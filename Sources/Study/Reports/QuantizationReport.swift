import MobileNet
import Tensors

/// The scale and zero point of a quantised network's input and of each layer's output, for scripts:
/// a value is scale · (number − zero point).
public struct QuantizationReport {
  private let rows: [String: Row]

  private struct Row: Encodable {
    let scale: Float
    let zeroPoint: Int
    let type: String

    init(_ quantization: Quantization) {
      scale = quantization.scale
      zeroPoint = quantization.zeroPoint
      type = quantization.typeName
    }
  }

  /// Reports the input of `network`, and the outputs of its layers.
  public init(_ network: IntegerNetwork) {
    let outputs = network.layers.indices.map {
      (network.layers[$0].name, Row(network.quantization(at: $0)))
    }
    rows = Dictionary([("input", Row(network.weights.input))] + outputs) { first, _ in first }
  }

  /// An object with a key for each layer.
  public var json: JSONReport { JSONReport(rows) }
}
