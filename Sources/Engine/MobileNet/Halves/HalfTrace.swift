import Kernels
import Tensors

/// The record of a network's run on one image in half precision: the output of every layer.
public struct HalfTrace: Sendable {
  /// The layers that ran.
  public let layers: [Layer]
  /// The input of the first layer.
  public let input: HalfTensor
  /// The time of each layer, in milliseconds.
  public let milliseconds: [Double]

  let layout: TraceLayout
  let storage: Storage

  /// Returns the output of the layer at `position`, counted from 0.
  public func output(at position: Int) -> HalfTensor {
    HalfTensor(
      shape: layers[position].output, storage: storage, offset: layout.offsets[position])
  }

  /// Returns the output of the layer called `name`; nil when there is none.
  public func output(of name: String) -> HalfTensor? {
    layers.firstIndex { $0.name == name }.map { output(at: $0) }
  }

  /// The memory that holds the outputs, in bytes.
  public var byteCount: Int { storage.count * MemoryLayout<Float>.stride }

  /// The trace with the same numbers as floats.
  public var reals: Trace {
    Trace(
      layers: layers, input: input.reals, milliseconds: milliseconds,
      outputs: layers.indices.map { output(at: $0).reals })
  }
}
