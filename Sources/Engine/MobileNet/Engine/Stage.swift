import Kernels
import Tensors

/// A unit of execution: a layer, or a depthwise layer and the pointwise layer after it.
struct Stage: Sendable {
  /// An operation with its weights packed.
  enum Kernel: Sendable {
    case convolution(StandardConvolution)
    case separable(SeparableConvolution)
    case averagePooling
    case maxPooling(Operation.Window)
    case fullyConnected(FullyConnected)
    case softmax
    case sigmoid
    case addition
    /// Copies the inputs that their layers did not write in place.
    case concatenation
  }

  /// The kernel that computes the stage.
  var kernel: Kernel
  /// The layers, as positions in the network: one, or two for `separable`.
  let positions: Range<Int>
  /// The first channel to write, where the output lies in a concatenation's memory.
  var firstChannel = 0
  /// The position of the layer whose memory holds the output.
  var target: Int

  init(_ kernel: Kernel, positions: Range<Int>) {
    self.kernel = kernel
    self.positions = positions
    target = positions.upperBound - 1
  }

  /// The memory of the packed weights, in bytes.
  var byteCount: Int {
    switch kernel {
    case .convolution(let convolution): convolution.byteCount
    case .separable(let separable): separable.byteCount
    case .fullyConnected(let product): product.byteCount
    default: 0
    }
  }

  /// The scratch memory that each thread needs, in floats.
  var scratchCount: Int {
    switch kernel {
    case .convolution(let convolution): convolution.scratchCount
    case .separable(let separable): separable.scratchCount
    default: 0
    }
  }

  /// Computes `output` from `input`; writes the output of the first layer of a pair to `middle`, if
  /// given.
  ///
  /// Calls `read` with the rows of either output that are done, from first to last; the next stage
  /// writes to `later`. Returns the time of each layer, in milliseconds.
  func run(
    _ input: Tensor, between middle: Destination? = nil, into output: Destination,
    before later: Destination? = nil, workers: Workers,
    reading read: (_ isOutput: Bool, _ rows: Range<Int>) -> Void = { _, _ in }
  ) -> [Double] {
    let watch = Stopwatch()
    switch kernel {
    case .convolution(let convolution):
      convolution.run(input, into: output, firstChannel: firstChannel, workers: workers)
    case .separable(let separable):
      let times = separable.run(
        input, middle: middle, into: output, before: later, workers: workers, reading: read)
      return [times.first, times.second]
    case .averagePooling:
      Reductions.averagePool(input, into: output, workers: workers)
    case .maxPooling(let window):
      Reductions.maxPool(
        input, side: window.side, stride: window.stride, before: window.before, into: output)
    case .fullyConnected(let product):
      product.run(input, into: output, workers: workers)
    case .softmax:
      Reductions.softmax(input, into: output)
    case .sigmoid:
      Reductions.sigmoid(input, into: output)
    case .addition, .concatenation:
      preconditionFailure("several inputs are joined, not run")
    }
    let time = watch.milliseconds
    read(true, 0..<output.shape.height)
    return [time]
  }

  /// Prefetches weights of `next` during this stage.
  mutating func fetchAhead(for next: Stage, workers: Workers) {
    guard case .separable(var separable) = kernel else { return }
    switch next.kernel {
    case .separable(let next): separable.fetchAhead(for: next, workers: workers)
    case .fullyConnected(let next): separable.fetchAhead(for: next, workers: workers)
    default: return
    }
    kernel = .separable(separable)
  }

  /// Computes a single layer of the stage: the one at `position`.
  func runLayer(
    at position: Int, _ input: Tensor, into output: Destination, workers: Workers
  ) {
    switch kernel {
    case .separable(let separable) where position == positions.lowerBound:
      separable.runDepthwise(input, into: output, workers: workers)
    case .separable(let separable):
      separable.runPointwise(input, into: output, workers: workers)
    default:
      _ = run(input, into: output, workers: workers)
    }
  }

  /// Computes one layer without its activation function.
  func runLinearly(
    _ input: Tensor, isSecondHalf: Bool, into output: Destination, workers: Workers
  ) {
    switch kernel {
    case .convolution(var convolution):
      convolution.limits = .none
      convolution.run(input, into: output, workers: workers)
    case .separable(var separable):
      separable.limits = .none
      if isSecondHalf {
        separable.runPointwise(input, into: output, workers: workers)
      } else {
        separable.runDepthwise(input, into: output, workers: workers)
      }
    case .fullyConnected(var product):
      product.limits = .none
      product.run(input, into: output, workers: workers)
    default:
      preconditionFailure("only layers with weights have activation functions")
    }
  }
}
