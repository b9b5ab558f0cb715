import Tensors

/// The record of a network's run on one image: the output and the time of every layer.
///
/// All outputs lie in one block of memory. A run that is given a trace to reuse writes into that
/// trace's block, if nothing else holds it.
public struct Trace: Sendable {
  /// The layers that ran.
  public let layers: [Layer]
  /// The input of the first layer.
  public internal(set) var input: Tensor
  /// The time of each layer, in milliseconds.
  public internal(set) var milliseconds: [Double]

  /// The outputs of the first layers, where another trace supplies them.
  let takenOver: [Tensor]
  /// The layout of the other layers' outputs in `storage`.
  let layout: TraceLayout
  var storage: Storage

  /// Returns the output of the layer at `position`, counted from 0.
  public func output(at position: Int) -> Tensor {
    if position < takenOver.count { return takenOver[position] }
    let offset = layout.offsets[position - takenOver.count]
    return Tensor(shape: layers[position].output, storage: storage, offset: offset)
  }

  /// Returns the input of the layer at `position`, counted from 0.
  public func input(at position: Int) -> Tensor {
    position == 0 ? input : output(at: position - 1)
  }

  /// Returns the output of the layer called `name`; nil when there is none.
  public func output(of name: String) -> Tensor? {
    layers.firstIndex { $0.name == name }.map { output(at: $0) }
  }

  /// The rows and columns of the input.
  public var resolution: Resolution {
    Resolution(height: input.shape.height, width: input.shape.width)
  }

  /// The time of all layers, in milliseconds.
  public var totalMilliseconds: Double { milliseconds.reduce(0, +) }

  /// The memory that holds the outputs, except those of another trace, in bytes.
  public var byteCount: Int { storage.count * MemoryLayout<Float>.stride }
}

extension Trace {
  /// Creates the trace of a network with another number type from its outputs as floats.
  init(layers: [Layer], input: Tensor, milliseconds: [Double], outputs: [Tensor]) {
    self.init(
      layers: layers, input: input, milliseconds: milliseconds, takenOver: outputs,
      layout: TraceLayout([]), storage: Storage(uninitialized: 0))
  }
}

/// The offset of each layer's output in a trace's block of memory.
struct TraceLayout: Equatable, Sendable {
  /// The index of the first float of each output; each begins on a cache line.
  let offsets: [Int]
  /// The size of the block, in floats.
  let count: Int

  init(_ layers: some Sequence<Layer>) {
    let line = 16
    var offsets: [Int] = []
    var end = 0
    for layer in layers {
      offsets.append(end)
      end += (layer.output.count + line - 1) / line * line
    }
    self.offsets = offsets
    count = end
  }
}
