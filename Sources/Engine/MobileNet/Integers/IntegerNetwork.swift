import Kernels
import Synchronization
import Tensors

/// A quantised checkpoint at one resolution, ready to run as integers.
///
/// Every number of every layer equals that of TensorFlow Lite's reference kernels, whatever the
/// instruction set and the number of threads.
public final class IntegerNetwork: Sendable {
  /// The quantised weights.
  public let weights: IntegerWeights
  /// The checkpoint that the weights belong to.
  public let checkpoint: Checkpoint
  /// The rows and columns of the input, in pixels.
  public let resolution: Resolution
  /// The layers, in the order of execution.
  public let layers: [Layer]

  private let stages: [IntegerStage]
  private let layout: IntegerTraceLayout
  /// The threads and their memory, behind a lock: one run at a time.
  private let workers: Mutex<Workers>

  /// The number of threads that share the work of a layer, including the caller's.
  public let threads: Int
  /// The instruction set that the kernels use.
  public let instructionSet: IntegerInstructionSet

  /// Packs the integers of `checkpoint` for an input of `resolution`.
  ///
  /// Without a resolution, the checkpoint's own; without a number of threads, one for each
  /// processor, up to eight. Throws when either is out of range, or the checkpoint is not
  /// quantised.
  public init(
    _ checkpoint: Checkpoint, resolution: Resolution? = nil, threads: Int? = nil,
    instructionSet: IntegerInstructionSet? = nil
  ) throws(NetworkError) {
    guard let weights = checkpoint.integers else { throw .notQuantized(checkpoint.name) }
    let resolution = resolution ?? checkpoint.resolution
    guard resolution.isAllowed else { throw .resolution(resolution) }
    let count = threads ?? Network.defaultThreads
    guard Network.threadLimits ~= count else { throw .threads(count) }
    let layers = checkpoint.architecture.layers(resolution: resolution)
    if let layer = layers.first(where: { !IntegerStage.kinds.contains($0.kind) }) {
      throw .noIntegers(layer: layer.name, kind: layer.kind)
    }
    let workers = Workers(count: count, integers: instructionSet)
    self.weights = weights
    self.checkpoint = checkpoint
    self.resolution = resolution
    self.layers = layers
    layout = IntegerTraceLayout(layers, weights)
    stages = [IntegerStage](
      layers, weights: weights, workers: workers)
    workers.reserve(stages.map(\.scratchCount).max() ?? 0)
    self.threads = workers.count
    self.instructionSet = workers.integerInstructionSet
    self.workers = Mutex(workers)
  }

  /// Creates a copy with threads and memory of its own that shares the packed weights.
  public init(sharingWeightsWith other: IntegerNetwork) {
    (weights, checkpoint, resolution) = (other.weights, other.checkpoint, other.resolution)
    (layers, layout, stages) = (other.layers, other.layout, other.stages)
    (threads, instructionSet) = (other.threads, other.instructionSet)
    let workers = Workers(count: other.threads, integers: other.instructionSet)
    workers.reserve(stages.map(\.scratchCount).max() ?? 0)
    self.workers = Mutex(workers)
  }

  /// The shape of the input: height × width × channels.
  public var inputShape: Shape { layers[0].input }

  /// Returns the quantisation of the output of the layer at `position`.
  public func quantization(at position: Int) -> Quantization { layout.quantizations[position] }

  /// The memory of the packed weights, in bytes.
  public var byteCount: Int { stages.reduce(0) { $0 + $1.byteCount } }

  /// The memory of a trace, in bytes.
  public var traceByteCount: Int { layout.byteCount }

  /// Measures the peak throughput of the network's threads with integers, in billions of operations
  /// a second.
  ///
  /// The measurement takes about a tenth of a second.
  public func measurePeakGOPS() -> Double { workers.withLock { $0.measureIntegerPeakGOPS() } }

  /// Rounds `input` to integers, runs the network and records every output.
  public func run(_ input: Tensor) -> IntegerTrace {
    var trace: IntegerTrace?
    return run(QuantizedTensor(input, weights.input), reusing: &trace)
  }

  /// Runs the network on `input` and replaces `trace`, in the same memory if nothing else holds it.
  ///
  /// Calls `onLayer` after each layer with its position, counted from 0, and its time in
  /// milliseconds.
  @discardableResult
  public func run(
    _ input: QuantizedTensor, reusing trace: inout IntegerTrace?,
    onLayer: ((Int, Double) -> Void)? = nil
  ) -> IntegerTrace {
    precondition(input.shape == inputShape && input.quantization == weights.input)
    var storage = trace?.storage
    trace = nil
    let memory = Storage.reusing(
      &storage, count: (layout.byteCount + 3) / MemoryLayout<Float>.stride)
    var milliseconds: [Double] = []
    workers.withLock { workers in
      var input = input
      for stage in stages {
        let last = stage.positions.upperBound - 1
        let output = layout.destination(last, layers[last].output, in: memory)
        let first = stage.positions.lowerBound
        let middle = layout.destination(first, layers[first].output, in: memory)
        let times = stage.run(input, between: middle, into: output, workers: workers)
        for (position, time) in zip(stage.positions, times) { onLayer?(position, time) }
        milliseconds += times
        input = output.tensor
      }
    }
    let result = IntegerTrace(
      layers: layers, input: input, milliseconds: milliseconds, layout: layout, storage: memory)
    trace = result
    return result
  }
}
