import Kernels
import Tensors

/// What is run in one go: a layer, or a depthwise layer and the pointwise layer after it.
struct Stage: Sendable {
  /// The weights, packed for the kernels.
  enum Operation: Sendable {
    case convolution(StandardConvolution)
    case separable(SeparableConvolution)
    case averagePooling
    case fullyConnected(FullyConnected)
    case softmax
  }

  /// The operation.
  var operation: Operation
  /// The layers, as positions in the network: one, or two for `separable`.
  let positions: Range<Int>

  /// The memory that the packed weights take, in bytes.
  var byteCount: Int {
    switch operation {
    case .convolution(let convolution): convolution.byteCount
    case .separable(let separable): separable.byteCount
    case .fullyConnected(let product): product.byteCount
    case .averagePooling, .softmax: 0
    }
  }

  /// The floats of memory that each thread needs.
  var scratchCount: Int {
    switch operation {
    case .convolution(let convolution): convolution.scratchCount
    case .separable(let separable): separable.scratchCount
    case .averagePooling, .fullyConnected, .softmax: 0
    }
  }

  /// Computes `output` from `input`; what lies between the two layers of a pair goes to `middle`, if
  /// that is given.
  ///
  /// Returns how long each layer took, in milliseconds.
  func run(
    _ input: Tensor, between middle: Destination?, into output: Destination, workers: Workers
  ) -> [Double] {
    let watch = Stopwatch()
    switch operation {
    case .convolution(let convolution):
      convolution.run(input, into: output, workers: workers)
    case .separable(let separable):
      let times = separable.run(input, middle: middle, into: output, workers: workers)
      return [times.depthwise, times.pointwise]
    case .averagePooling:
      Reductions.averagePool(input, into: output)
    case .fullyConnected(let product):
      product.run(input, into: output, workers: workers)
    case .softmax:
      Reductions.softmax(input, into: output)
    }
    return [watch.milliseconds]
  }

  /// Has weights of `next` fetched while this is computed.
  mutating func fetchAhead(for next: Stage) {
    guard case .separable(var separable) = operation else { return }
    switch next.operation {
    case .separable(let next): separable.fetchAhead(for: next)
    case .fullyConnected(let next): separable.fetchAhead(for: next)
    case .convolution, .averagePooling, .softmax: return
    }
    operation = .separable(separable)
  }

  /// Computes the pointwise layer of a pair from what the depthwise one made.
  func runSecondHalf(_ middle: Tensor, into output: Destination, workers: Workers) {
    guard case .separable(let separable) = operation else {
      preconditionFailure("a single layer has no second half")
    }
    separable.runPointwise(middle, into: output, workers: workers)
  }

  /// Computes one convolution without its activation function.
  func runLinearly(
    _ input: Tensor, isSecondHalf: Bool, into output: Destination, workers: Workers
  ) {
    switch operation {
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
    case .averagePooling, .fullyConnected, .softmax:
      preconditionFailure("only convolutions have activation functions")
    }
  }
}

extension [Stage] {
  /// Packs the weights of `layers`, which are those of the checkpoint's architecture.
  init(_ layers: [Layer], checkpoint: Checkpoint, workers: Workers) {
    self = []
    let architecture = checkpoint.architecture
    let limits = Limits(floor: 0, ceiling: architecture.activation.ceiling)
    for (position, layer) in layers.enumerated() {
      let weights = checkpoint.weights(of: layer) ?? LayerWeights(weights: [], biases: [])
      let before = architecture.padding.before(stride: layer.stride)
      switch layer.kind {
      case .convolution:
        let convolution = StandardConvolution(
          weights: weights.weights, biases: weights.biases, input: layer.input,
          output: layer.output, stride: layer.stride, before: before, limits: limits,
          workers: workers)
        append(Stage(operation: .convolution(convolution), positions: position..<position + 1))
      case .depthwise:
        // The pointwise layer that follows is packed with it.
        guard position + 1 < layers.count, let next = checkpoint.weights(of: layers[position + 1])
        else { continue }
        let separable = SeparableConvolution(
          depthwise: (weights.weights, weights.biases), pointwise: (next.weights, next.biases),
          input: layer.input, stride: layer.stride, before: before, limits: limits,
          workers: workers)
        append(Stage(operation: .separable(separable), positions: position..<position + 2))
      case .pointwise:
        continue
      case .averagePooling:
        append(Stage(operation: .averagePooling, positions: position..<position + 1))
      case .fullyConnected:
        let product = FullyConnected(
          weights: weights.weights, biases: weights.biases, workers: workers)
        append(Stage(operation: .fullyConnected(product), positions: position..<position + 1))
      case .softmax:
        append(Stage(operation: .softmax, positions: position..<position + 1))
      }
    }
    for index in indices {
      if let next = self[(index + 1)...].first(where: { $0.byteCount > 0 }) {
        self[index].fetchAhead(for: next)
      }
    }
  }
}
