import Kernels
import Tensors

/// The origin of the weights that a plan packs.
enum WeightSource {
  /// A checkpoint whose architecture has the layers.
  case checkpoint(Checkpoint)
  /// One number for all weights of a layer, which keeps outputs as large as inputs; for measuring
  /// time, which does not depend on the weights.
  case even
}

extension [Stage] {
  /// Plans the stages of `layers`: fuses each depthwise layer with the pointwise layer after it,
  /// lets convolutions write their part of a concatenation in place, and packs the weights.
  init(_ layers: [Layer], weights: WeightSource, workers: Workers) {
    self = []
    for (position, layer) in layers.enumerated() {
      switch layer.operation {
      case .convolution where layer.kind == .depthwise && position + 1 < layers.count:
        let kernel = Self.separable(layer, layers[position + 1], weights, workers)
        append(Stage(.separable(kernel), positions: position..<position + 2))
      case .convolution where last?.positions.contains(position) == true:
        continue  // The second half of a pair.
      default:
        let kernel = Self.kernel(layer, weights, workers)
        append(Stage(kernel, positions: position..<position + 1))
      }
    }
    writeInPlace(layers)
    fetchAhead(workers)
  }

  private static func kernel(
    _ layer: Layer, _ weights: WeightSource, _ workers: Workers
  ) -> Stage.Kernel {
    switch layer.operation {
    case .convolution(let convolution):
      precondition(convolution.groups == 1, "no kernel for the groups of \(layer.name)")
      return .convolution(standard(layer, convolution.window, weights, workers))
    case .fullyConnected: return .fullyConnected(product(layer, weights, workers))
    case .pooling(.mean): return .averagePooling
    case .pooling(.maximum(let window)): return .maxPooling(window)
    case .softmax: return .softmax
    case .sigmoid: return .sigmoid
    case .addition: return .addition
    case .concatenation: return .concatenation
    }
  }

  private static func standard(
    _ layer: Layer, _ window: Operation.Window, _ weights: WeightSource, _ workers: Workers
  ) -> StandardConvolution {
    switch weights {
    case .checkpoint(let checkpoint):
      let found = checkpoint.weights(of: layer) ?? .none
      return StandardConvolution(
        weights: found.weights, biases: found.biases, input: layer.input, output: layer.output,
        side: window.side, stride: window.stride, before: window.before, limits: layer.limits,
        workers: workers)
    case .even:
      return StandardConvolution(
        everyWeight: layer.evenWeight, input: layer.input, output: layer.output,
        side: window.side, stride: window.stride, before: window.before, limits: layer.limits,
        workers: workers)
    }
  }

  private static func product(
    _ layer: Layer, _ weights: WeightSource, _ workers: Workers
  ) -> FullyConnected {
    switch weights {
    case .checkpoint(let checkpoint):
      let found = checkpoint.weights(of: layer) ?? .none
      return FullyConnected(
        weights: found.weights, biases: found.biases, limits: layer.limits, workers: workers)
    case .even:
      return FullyConnected(
        everyWeight: layer.evenWeight, inputs: layer.input.count, outputs: layer.output.count,
        limits: layer.limits, workers: workers)
    }
  }

  private static func separable(
    _ depthwise: Layer, _ pointwise: Layer, _ weights: WeightSource, _ workers: Workers
  ) -> SeparableConvolution {
    precondition(
      pointwise.kind == .pointwise && pointwise.sources == [depthwise.index],
      "no kernel for \(depthwise.name) without a pointwise layer after it")
    let found = [depthwise, pointwise].map { layer in
      switch weights {
      case .checkpoint(let checkpoint): checkpoint.weights(of: layer) ?? .none
      case .even:
        LayerWeights(
          weights: .init(
            repeating: layer.evenWeight, count: layer.weightsPerOutput * layer.output.channels),
          biases: .init(repeating: layer.evenWeight, count: layer.output.channels))
      }
    }
    return SeparableConvolution(
      depthwise: (found[0].weights, found[0].biases),
      pointwise: (found[1].weights, found[1].biases),
      input: depthwise.input, stride: depthwise.stride, before: depthwise.window.before,
      limits: depthwise.limits, workers: workers)
  }

  /// Makes convolutions whose only reader is a concatenation write to its memory.
  private mutating func writeInPlace(_ layers: [Layer]) {
    for (position, layer) in layers.enumerated() where layer.operation == .concatenation {
      var firstChannel = 0
      for (source, input) in zip(layer.sources, layer.inputs) {
        let readers = layers.count { $0.sources.contains(source) }
        if readers == 1, let index = firstIndex(where: { $0.target == source - 1 }),
          case .convolution = self[index].kernel
        {
          self[index].target = position
          self[index].firstChannel = firstChannel
        }
        firstChannel += input.channels
      }
    }
  }

  private mutating func fetchAhead(_ workers: Workers) {
    for index in indices {
      if let next = self[(index + 1)...].first(where: { $0.byteCount > 0 }) {
        self[index].fetchAhead(for: next, workers: workers)
      }
    }
  }
}

extension Layer {
  /// The range that the activation function clamps values to.
  var limits: Limits {
    activation.map { Limits(floor: 0, ceiling: $0.ceiling) } ?? .none
  }

  fileprivate var evenWeight: Float { 1 / Float(Swift.max(weightsPerOutput, 1)) }
}
