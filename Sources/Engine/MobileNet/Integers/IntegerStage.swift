import Kernels
import Tensors

/// A unit of execution in integers: a layer, or a depthwise layer and the pointwise layer after it.
struct IntegerStage: Sendable {
  /// The kernel with its weights packed.
  enum Kernel: Sendable {
    case convolution(IntegerConvolution)
    case separable(IntegerSeparable)
    case averagePooling(IntegerPooling, ByteLimits)
    case fullyConnected(IntegerFullyConnected)
    case softmax(IntegerSoftmax)
  }

  /// The kinds of layers that have integer kernels.
  static let kinds: Set<Operation.Kind> = [
    .convolution, .depthwise, .pointwise, .averagePooling, .fullyConnected, .softmax,
  ]

  /// The kernel that computes the stage.
  let kernel: Kernel
  /// The layers, as positions in the network: one, or two for `separable`.
  let positions: Range<Int>

  /// The memory of the packed weights, in bytes.
  var byteCount: Int {
    switch kernel {
    case .convolution(let convolution): convolution.byteCount
    case .separable(let separable): separable.byteCount
    case .fullyConnected(let product): product.byteCount
    case .averagePooling, .softmax: 0
    }
  }

  /// The scratch memory that each thread needs, in floats.
  var scratchCount: Int {
    switch kernel {
    case .convolution(let convolution): convolution.scratchCount
    case .separable(let separable): separable.scratchCount
    case .averagePooling, .fullyConnected, .softmax: 0
    }
  }

  /// Computes `output` from `input`; writes the output of the first layer of a pair to `middle`.
  ///
  /// Returns the time of each layer, in milliseconds.
  func run(
    _ input: QuantizedTensor, between middle: QuantizedDestination,
    into output: QuantizedDestination, workers: Workers
  ) -> [Double] {
    let watch = Stopwatch()
    switch kernel {
    case .convolution(let convolution):
      convolution.run(input, into: output, workers: workers)
    case .separable(let separable):
      let times = separable.run(input, middle: middle, into: output, workers: workers)
      return [times.first, times.second]
    case .averagePooling(let pooling, let limits):
      pooling.run(input, into: output, limits: limits)
    case .fullyConnected(let product):
      product.run(input, into: output, workers: workers)
    case .softmax(let softmax):
      softmax.run(input, into: output)
    }
    return [watch.milliseconds]
  }
}

extension [IntegerStage] {
  /// Packs the weights of `layers`.
  init(_ layers: [Layer], weights: IntegerWeights, workers: Workers) {
    self = []
    var input = weights.input
    for (position, layer) in layers.enumerated() {
      let output = weights.output(of: layer)
      func stage(_ kernel: IntegerStage.Kernel, _ count: Int = 1) {
        append(IntegerStage(kernel: kernel, positions: position + 1 - count..<position + 1))
      }
      switch layer.kind {
      case .convolution:
        stage(
          .convolution(
            IntegerConvolution(
              weights.filter(layer, input: input), input: layer.input, output: layer.output,
              stride: layer.stride, before: layer.window.before, workers: workers)))
      case .depthwise:
        // The pointwise layer that follows packs these weights too.
        continue
      case .pointwise:
        let depthwise = layers[position - 1]
        stage(
          .separable(
            IntegerSeparable(
              depthwise: weights.filter(depthwise, input: input),
              pointwise: weights.filter(layer, input: weights.output(of: depthwise)),
              input: depthwise.input, stride: depthwise.stride,
              before: depthwise.window.before, workers: workers)),
          2)
      case .averagePooling:
        let limits = ByteLimits(output, floor: -.infinity, ceiling: .infinity)
        stage(.averagePooling(weights.pooling, limits))
      case .fullyConnected:
        stage(
          .fullyConnected(
            IntegerFullyConnected(weights.filter(layer, input: input), workers: workers)))
      case .softmax:
        stage(.softmax(IntegerSoftmax(input)))
      case .maxPooling, .sigmoid, .addition, .concatenation:
        preconditionFailure("\(layer.name) has no integers")
      }
      input = output
    }
  }
}
