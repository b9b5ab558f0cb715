import Tensors

/// What a network made of one image: the output of every layer, and how long each took.
///
/// All outputs lie in one block of memory. A network that is given a trace nobody else holds
/// writes the next image's outputs into the same block.
public struct Trace: Sendable {
  /// The layers that were run.
  public let layers: [Layer]
  /// What went into the first of them.
  public internal(set) var input: Tensor
  /// How long each layer took, in milliseconds.
  public internal(set) var milliseconds: [Double]

  /// The outputs of the first layers, where they were taken over from another trace.
  let takenOver: [Tensor]
  /// Where the outputs of the other layers lie in `storage`.
  let layout: TraceLayout
  var storage: Storage

  /// The output of the layer at `position`, counted from 0.
  public func output(at position: Int) -> Tensor {
    if position < takenOver.count { return takenOver[position] }
    let offset = layout.offsets[position - takenOver.count]
    return Tensor(shape: layers[position].output, storage: storage, offset: offset)
  }

  /// What the layer at `position` read, counted from 0.
  public func input(at position: Int) -> Tensor {
    position == 0 ? input : output(at: position - 1)
  }

  /// The output of the layer called `name`; nil when there is none.
  public func output(of name: String) -> Tensor? {
    layers.firstIndex { $0.name == name }.map { output(at: $0) }
  }

  /// The rows and columns of the input.
  public var resolution: Resolution {
    Resolution(height: input.shape.height, width: input.shape.width)
  }

  /// The time of all layers.
  public var totalMilliseconds: Double { milliseconds.reduce(0, +) }

  /// The memory that holds the outputs, but for those of another trace, in bytes.
  public var byteCount: Int { storage.count * MemoryLayout<Float>.stride }
}

extension Trace {
  /// What another kind of network made, as floats.
  init(layers: [Layer], input: Tensor, milliseconds: [Double], outputs: [Tensor]) {
    self.init(
      layers: layers, input: input, milliseconds: milliseconds, takenOver: outputs,
      layout: TraceLayout([]), storage: Storage(uninitialized: 0))
  }
}

/// Where each layer's output lies in a trace's block of memory.
struct TraceLayout: Equatable, Sendable {
  /// The first float of each output; each begins on a cache line.
  let offsets: [Int]
  /// The floats of the whole block.
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
