import Kernels
import Tensors

/// What is run in one go: a layer, or a depthwise layer and the pointwise layer after it.
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
    /// What is not written in place by the layers that it reads is copied.
    case concatenation
  }

  /// What computes it.
  var kernel: Kernel
  /// The layers, as positions in the network: one, or two for `separable`.
  let positions: Range<Int>
  /// The first channel that it writes, where a concatenation's memory takes it directly.
  var firstChannel = 0
  /// The position of the layer whose memory it writes to.
  var target: Int

  init(_ kernel: Kernel, positions: Range<Int>) {
    self.kernel = kernel
    self.positions = positions
    target = positions.upperBound - 1
  }

  /// The memory that the packed weights take, in bytes.
  var byteCount: Int {
    switch kernel {
    case .convolution(let convolution): convolution.byteCount
    case .separable(let separable): separable.byteCount
    case .fullyConnected(let product): product.byteCount
    default: 0
    }
  }

  /// The floats of memory that each thread needs.
  var scratchCount: Int {
    switch kernel {
    case .convolution(let convolution): convolution.scratchCount
    case .separable(let separable): separable.scratchCount
    default: 0
    }
  }

  /// Computes `output` from `input`; what lies between the two layers of a pair goes to `middle`, if
  /// that is given.
  ///
  /// `read` hears which rows of either are done, from the first to the last; `later` is written to by the
  /// next stage. Returns how long each layer took, in milliseconds.
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

  /// Has weights of `next` fetched while this is computed.
  mutating func fetchAhead(for next: Stage, workers: Workers) {
    guard case .separable(var separable) = kernel else { return }
    switch next.kernel {
    case .separable(let next): separable.fetchAhead(for: next, workers: workers)
    case .fullyConnected(let next): separable.fetchAhead(for: next, workers: workers)
    default: return
    }
    kernel = .separable(separable)
  }

  /// Computes the layer at `position`, one of `positions`, by itself.
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
