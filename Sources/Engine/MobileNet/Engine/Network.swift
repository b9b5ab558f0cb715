import Foundation
import Kernels
import Synchronization
import Tensors

/// A checkpoint at one resolution, ready to run: weights packed once, threads waiting.
///
/// The same input gives the same output, bit for bit, for any number of threads.
public final class Network: Sendable {
  /// The weights with their metadata, calibrated for the resolution.
  public let checkpoint: Checkpoint
  /// The rows and columns of the input, in pixels.
  public let resolution: Resolution
  /// The layers, in the order of execution.
  public let layers: [Layer]

  let stages: [Stage]
  let workers: Workers
  /// The lock for the workers, with two or three blocks of memory for outputs that are not kept.
  let access = Mutex<[Storage]>([])
  /// The packed weights of the backward pass; shared with networks of the same weights.
  let backwardPlan: BackwardPlan
  /// The latest gradient, kept for its memory.
  let latestGradient = Mutex<Gradient?>(nil)

  private let layout: TraceLayout

  /// The allowed numbers of threads.
  ///
  /// The last layers have about 1024 channels, computed 16 or 32 at a time, so more threads would
  /// have nothing to do there.
  public static let threadLimits = 1...64

  /// The allowed numbers of threads in words.
  public static let threadsText =
    "a number from \(threadLimits.lowerBound) to \(threadLimits.upperBound)"

  /// The default number of threads: one for each processor, up to eight.
  public static var defaultThreads: Int { min(defaultImageThreads, 8) }

  /// The default number of threads for many images: one for each processor available to the
  /// program.
  public static var defaultImageThreads: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// Packs the weights of `checkpoint` for an input of `resolution`.
  ///
  /// Without a resolution, the checkpoint's own; without a number of threads, one for each
  /// processor, up to eight. Throws when either is out of range.
  public init(
    _ checkpoint: Checkpoint, resolution: Resolution? = nil, threads: Int? = nil,
    instructionSet: InstructionSet = .best
  ) throws(NetworkError) {
    let resolution = resolution ?? checkpoint.resolution
    guard resolution.isAllowed else { throw .resolution(resolution) }
    let count = threads ?? Self.defaultThreads
    guard Self.threadLimits ~= count else { throw .threads(count) }
    self.checkpoint = checkpoint.calibrated(for: resolution)
    self.resolution = resolution
    layers = checkpoint.architecture.layers(resolution: resolution)
    layout = TraceLayout(layers)
    workers = Workers(count: count, instructionSet: instructionSet)
    stages = [Stage](layers, weights: .checkpoint(self.checkpoint), workers: workers)
    backwardPlan = BackwardPlan()
    reserveScratch()
  }

  /// Creates a copy with threads and memory of its own that shares the packed weights.
  ///
  /// The copy and the original can run at the same time.
  public init(sharingWeightsWith other: Network) {
    checkpoint = other.checkpoint
    resolution = other.resolution
    layers = other.layers
    layout = other.layout
    stages = other.stages
    backwardPlan = other.backwardPlan
    workers = Workers(count: other.threads, instructionSet: other.instructionSet)
    reserveScratch()
  }

  private func reserveScratch() { workers.reserve(stages.map(\.scratchCount).max() ?? 0) }

  /// The number of threads that share the work of a layer, including the caller's.
  public var threads: Int { workers.count }

  /// The instruction set that the kernels use.
  public var instructionSet: InstructionSet { workers.instructionSet }

  /// The shape of the input: height × width × channels.
  public var inputShape: Shape {
    checkpoint.architecture.input(resolution: resolution)
  }

  /// The memory of the packed weights and of the threads' scratch space, in bytes; a trace has
  /// memory of its own.
  public var byteCount: Int {
    stages.reduce(access.withLock { _ in workers.byteCount }) { $0 + $1.byteCount }
  }

  /// Runs the network on `input`, whose shape is `inputShape`, and records every output.
  public func run(_ input: Tensor) -> Trace {
    record(input, layers, layout, into: Storage(uninitialized: layout.count), onLayer: nil)
  }

  /// Runs the network on `input` and replaces `trace`, in the same memory if nothing else holds it.
  ///
  /// Calls `onLayer` after each layer with its position, counted from 0, and its time in
  /// milliseconds.
  public func run(
    _ input: Tensor, reusing trace: inout Trace?, onLayer: ((Int, Double) -> Void)? = nil
  ) {
    var storage = trace?.storage
    trace = nil
    trace = run(input, in: &storage, onLayer: onLayer)
  }

  /// Runs the layers up to the one at `position`, and a pointwise one together with the depthwise one
  /// before it; otherwise the same.
  public func run(_ input: Tensor, through position: Int, reusing trace: inout Trace?) {
    var storage = trace?.storage
    trace = nil
    let last = stages[stageCount(through: position) - 1].positions.upperBound
    let layout = TraceLayout(layers[..<last])
    trace = record(
      input, Array(layers[..<last]), layout, into: .reusing(&storage, count: layout.count),
      onLayer: nil)
  }

  /// The stages that the layers up to the one at `position` take.
  func stageCount(through position: Int) -> Int {
    stages.prefix { $0.positions.lowerBound <= position }.count
  }

  /// Runs the network on `input` in `memory` if nothing else holds it and its size fits, or else in
  /// new memory.
  func run(
    _ input: Tensor, in memory: inout Storage?, onLayer: ((Int, Double) -> Void)? = nil
  ) -> Trace {
    record(
      input, layers, layout, into: .reusing(&memory, count: layout.count), onLayer: onLayer)
  }

  /// Runs the network on `input` without recording anything.
  ///
  /// Returns the last layer's output: probabilities, or the pooled channels of a network without a
  /// classifier. Calls `onLayer` after each layer, as `run` does.
  public func probabilities(
    of input: Tensor, onLayer: ((Int, Double) -> Void)? = nil
  ) -> Tensor {
    precondition(input.shape == inputShape)
    return access.withLock { spares in
      reserveSpares(&spares)
      return stages.indices.reduce(input) { input, index in
        let stage = stages[index]
        let shape = layers[stage.positions.upperBound - 1].output
        // The returned output outlives the lock, so it needs memory of its own.
        let isLast = index == stages.count - 1
        let storage = isLast ? Storage(uninitialized: shape.count) : spares[index % 2]
        let output = Destination(shape: shape, storage: storage)
        let times = stage.run(input, into: output, workers: workers)
        for (position, time) in zip(stage.positions, times) { onLayer?(position, time) }
        return output.tensor
      }
    }
  }

  /// Allocates the two blocks, each large enough for the input, with its sides rounded up to even
  /// numbers, and for the largest output of a stage.
  func reserveSpares(_ spares: inout [Storage]) {
    guard spares.isEmpty else { return }
    let counts = stages.map { layers[$0.positions.upperBound - 1].output.count }
    func even(_ side: Int) -> Int { (side + 1) / 2 * 2 }
    let input = even(inputShape.height) * even(inputShape.width) * inputShape.channels
    let largest = counts.reduce(input, max)
    spares = (0..<2).map { _ in Storage(uninitialized: largest) }
  }

  /// Measures the peak throughput of the network's threads, in billions of floating-point
  /// operations a second.
  ///
  /// The measurement takes about a tenth of a second.
  public func measurePeakGFLOPS() -> Double {
    access.withLock { _ in workers.measurePeakGFLOPS() }
  }

  /// Runs `layers`, the first of the network's, whose outputs lie in `storage` as `layout` says.
  private func record(
    _ input: Tensor, _ layers: [Layer], _ layout: TraceLayout, into storage: Storage,
    onLayer: ((Int, Double) -> Void)?
  ) -> Trace {
    precondition(input.shape == inputShape)
    func destination(_ position: Int) -> Destination {
      Destination(
        shape: layers[position].output, storage: storage, offset: layout.offsets[position])
    }
    var milliseconds: [Double] = []
    access.withLock { _ in
      var input = input
      for stage in stages.prefix(while: { $0.positions.lowerBound < layers.count }) {
        let (first, next) = (stage.positions.lowerBound, stage.positions.upperBound)
        let output = destination(next - 1)
        let between = stage.positions.count > 1 ? destination(first) : nil
        let later = layers.indices.contains(next) ? destination(next) : nil
        let times = stage.run(
          input, between: between, into: output, before: later, workers: workers)
        for (position, time) in zip(stage.positions, times) { onLayer?(position, time) }
        milliseconds += times
        input = output.tensor
      }
    }
    return Trace(
      layers: layers, input: input, milliseconds: milliseconds, takenOver: [], layout: layout,
      storage: storage)
  }
}
