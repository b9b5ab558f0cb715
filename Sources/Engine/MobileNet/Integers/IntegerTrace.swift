import Kernels
import Tensors

/// The record of an integer network's run on one image: the output of every layer.
public struct IntegerTrace: Sendable {
  /// The layers that ran.
  public let layers: [Layer]
  /// The input of the first layer.
  public let input: QuantizedTensor
  /// The time of each layer, in milliseconds.
  public let milliseconds: [Double]

  let layout: IntegerTraceLayout
  let storage: Storage

  /// Returns the output of the layer at `position`, counted from 0.
  public func output(at position: Int) -> QuantizedTensor {
    QuantizedTensor(
      shape: layers[position].output, quantization: layout.quantizations[position],
      storage: storage, offset: layout.offsets[position])
  }

  /// Returns the output of the layer called `name`; nil when there is none.
  public func output(of name: String) -> QuantizedTensor? {
    layers.firstIndex { $0.name == name }.map { output(at: $0) }
  }

  /// The time of all layers, in milliseconds.
  public var totalMilliseconds: Double { milliseconds.reduce(0, +) }

  /// The trace with the real numbers that the integers represent.
  public var reals: Trace {
    Trace(
      layers: layers, input: input.reals, milliseconds: milliseconds,
      outputs: layers.indices.map { output(at: $0).reals })
  }
}

/// The offset of each layer's output in a trace's block of bytes, and its quantisation.
struct IntegerTraceLayout: Sendable {
  /// The first byte of each output; each begins on a cache line.
  let offsets: [Int]
  /// The quantisation of each output.
  let quantizations: [Quantization]
  /// The size of the block, in bytes.
  let byteCount: Int

  init(_ layers: [Layer], _ weights: IntegerWeights) {
    let line = 64
    var offsets: [Int] = []
    var end = 0
    for layer in layers {
      offsets.append(end)
      end += (layer.output.count + line - 1) / line * line
    }
    self.offsets = offsets
    quantizations = layers.map(weights.output)
    byteCount = end + QuantizedTensor.slack
  }

  /// Returns the destination of the output of the layer at `position`, counted from 0, in
  /// `storage`.
  func destination(_ position: Int, _ shape: Shape, in storage: Storage) -> QuantizedDestination {
    QuantizedDestination(
      shape: shape, quantization: quantizations[position], storage: storage,
      offset: offsets[position])
  }
}
