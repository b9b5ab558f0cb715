import Kernels
import Tensors

/// A network of any graph with made-up weights, ready for timing.
///
/// The run uses the same kernels and threads as a MobileNet. All weights of a layer are the same,
/// because the time does not depend on them.
public final class GraphRun {
  /// The graph of the network.
  public let graph: Graph

  private let workers: Workers
  private let stages: [Stage]
  /// The input, and the output of each layer.
  private let memory: [Storage]

  /// Plans `graph` for `threads` threads.
  public init(_ graph: Graph, threads: Int, instructionSet: InstructionSet = .best) {
    self.graph = graph
    workers = Workers(count: threads, instructionSet: instructionSet)
    stages = [Stage](graph.layers, weights: .even, workers: workers)
    workers.reserve(stages.map(\.scratchCount).max() ?? 0)
    memory = (0...graph.layers.count).map { Storage(uninitialized: graph.shape($0).count) }
    let input = Checkpoint.syntheticValues(graph.input.count, seed: 0, scale: 2)
    memory[0].withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: input) }
  }

  /// Runs the network once and returns the time of its convolutions and products, in milliseconds.
  ///
  /// Other operations run untimed, because their kernels are not optimised and would make the
  /// comparison unfair; MobileNets have next to none of them.
  public func measure() -> Double {
    var sum = 0.0
    for stage in stages {
      let layer = graph.layers[stage.positions.lowerBound]
      let output = Destination(
        shape: graph.shape(stage.target + 1), storage: memory[stage.target + 1])
      switch stage.kernel {
      case .addition, .concatenation:
        join(layer, into: output)
      default:
        let times = stage.run(tensor(layer.sources[0]), into: output, workers: workers)
        if layer.hasWeights { sum += times.reduce(0, +) }
      }
    }
    return sum
  }

  /// The output of the last run.
  public var output: Tensor { tensor(graph.layers.count) }

  private func tensor(_ index: Int) -> Tensor {
    Tensor(shape: graph.shape(index), storage: memory[index])
  }

  /// Adds up, or concatenates, the inputs that their layers did not write in place.
  private func join(_ layer: Layer, into output: Destination) {
    let isAddition = layer.operation == .addition
    var firstChannel = 0
    for (number, source) in layer.sources.enumerated() {
      let isInPlace = stages.contains { $0.positions.contains(source - 1) && $0.target >= source }
      if !isInPlace {
        Reductions.join(
          tensor(source), into: output, firstChannel: isAddition ? 0 : firstChannel,
          adding: isAddition && number > 0)
      }
      firstChannel += graph.shape(source).channels
    }
  }
}
