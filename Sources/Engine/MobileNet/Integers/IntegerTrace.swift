import Kernels
import Tensors

/// What a network of integers made of one image: the numbers of every layer's output.
public struct IntegerTrace: Sendable {
  /// The layers that were run.
  public let layers: [Layer]
  /// The input of the first of them.
  public let input: QuantizedTensor
  /// The time of each layer, in milliseconds.
  public let milliseconds: [Double]

  let layout: IntegerTraceLayout
  let storage: Storage

  /// The output of the layer at `position`, counted from 0.
  public func output(at position: Int) -> QuantizedTensor {
    QuantizedTensor(
      shape: layers[position].output, quantization: layout.quantizations[position],
      storage: storage, offset: layout.offsets[position])
  }

  /// The output of the layer called `name`; nil when there is none.
  public func output(of name: String) -> QuantizedTensor? {
    layers.firstIndex { $0.name == name }.map { output(at: $0) }
  }

  /// The time of all layers.
  public var totalMilliseconds: Double { milliseconds.reduce(0, +) }

  /// The real numbers that all outputs stand for.
  public var reals: Trace {
    Trace(
      layers: layers, input: input.reals, milliseconds: milliseconds,
      outputs: layers.indices.map { output(at: $0).reals })
  }
}

/// Where each layer's output lies in a trace's block of bytes, and what its numbers stand for.
struct IntegerTraceLayout: Sendable {
  /// The first byte of each output; each begins on a cache line.
  let offsets: [Int]
  /// What each output's numbers stand for.
  let quantizations: [Quantization]
  /// The bytes of the whole block.
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

  /// Where the output of the layer at `position`, counted from 0, goes in `storage`.
  func destination(_ position: Int, _ shape: Shape, in storage: Storage) -> QuantizedDestination {
    QuantizedDestination(
      shape: shape, quantization: quantizations[position], storage: storage,
      offset: offsets[position])
  }
}
