import Kernels
import MobileNet
import Tensors

/// A reference network with made-up weights, ready to be timed.
///
/// Its convolutions and matrix products run on the engine's own kernels and threads, as a
/// MobileNet's do. All weights of a layer are the same: the time doesn't depend on them.
public final class ReferenceRun {
  private enum Operation {
    case convolution(StandardConvolution)
    case product(FullyConnected)
    case pooling
  }

  /// What is run.
  public let network: ReferenceNetwork

  private let workers: Workers
  private let operations: [Operation]
  private let activations: [Storage]

  /// Packs the weights for `threads` threads.
  public init(_ network: ReferenceNetwork, threads: Int, instructionSet: InstructionSet = .best) {
    self.network = network
    let workers = Workers(count: threads, instructionSet: instructionSet)
    self.workers = workers
    operations = network.layers.map { layer in
      let weight = 1 / Float(max(layer.weightsPerOutput, 1))
      switch layer.kind {
      case .convolution(let side, let stride, let padding):
        let convolution = StandardConvolution(
          everyWeight: weight, input: layer.input, output: layer.output, side: side,
          stride: stride, before: padding, limits: Limits(floor: 0, ceiling: .infinity),
          workers: workers)
        workers.reserve(convolution.scratchCount)
        return .convolution(convolution)
      case .fullyConnected:
        return .product(
          FullyConnected(
            everyWeight: weight, inputs: layer.input.count, outputs: layer.output.count,
            workers: workers))
      case .maxPooling, .averagePooling:
        return .pooling
      }
    }
    activations = network.activations.map { Storage(uninitialized: $0.count) }
    let input = Checkpoint.syntheticValues(network.input.count, seed: 0, scale: 2)
    activations[0].withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: input) }
  }

  /// Runs the network once and returns the time of its convolutions and products, in milliseconds.
  ///
  /// Pooling is done and not counted: its kernel is a plain one, which would be unfair. MobileNets
  /// have next to none.
  public func measure() -> Double {
    var sum = 0.0
    for (layer, operation) in zip(network.layers, operations) {
      let input = tensor(layer.source)
      let output = Destination(
        shape: network.activations[layer.target], storage: activations[layer.target])
      let watch = Stopwatch()
      switch operation {
      case .convolution(let convolution):
        convolution.run(
          input, into: output, firstChannel: layer.firstChannel, workers: workers)
        sum += watch.milliseconds
      case .product(let product):
        product.run(input, into: output, workers: workers)
        sum += watch.milliseconds
      case .pooling:
        pool(layer, input, into: output)
      }
    }
    return sum
  }

  /// The shortest run, in milliseconds; the first one, which finds cold memory, does not count.
  public func shortest() -> Double {
    _ = measure()
    return Repetition.shortest(measure)
  }

  /// What the last run made of the input.
  var output: Tensor { tensor(activations.count - 1) }

  private func tensor(_ index: Int) -> Tensor {
    Tensor(shape: network.activations[index], storage: activations[index])
  }

  private func pool(_ layer: ReferenceLayer, _ input: Tensor, into output: Destination) {
    if case .maxPooling(let side, let stride, let padding) = layer.kind {
      Reductions.maxPool(input, side: side, stride: stride, before: padding, into: output)
    } else {
      Reductions.averagePool(input, into: output)
    }
  }
}
