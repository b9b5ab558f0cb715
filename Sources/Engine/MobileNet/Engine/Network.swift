import Foundation
import Kernels
import Synchronization
import Tensors

/// A checkpoint at one resolution, ready to run: weights packed once, threads waiting.
///
/// The same input gives the same output, bit for bit, for any number of threads.
public final class Network: Sendable {
  /// The weights, and what belongs to them, calibrated for the resolution.
  public let checkpoint: Checkpoint
  /// The rows and columns of the input, in pixels.
  public let resolution: Resolution
  /// What is run, in order.
  public let layers: [Layer]

  let stages: [Stage]
  let workers: Workers
  /// Access to the workers, held by whoever uses them, with two or three blocks of memory for what is
  /// not kept.
  let access = Mutex<[Storage]>([])
  /// What gradients are computed with; shared with networks of the same weights.
  let backwardPlan: BackwardPlan
  /// What was asked for last, for its memory.
  let latestGradient = Mutex<Gradient?>(nil)

  private let layout: TraceLayout

  /// The threads that may be asked for.
  ///
  /// The last layers have about 1024 channels, 16 or 32 of which are computed at a time: more
  /// threads would find nothing to do there.
  public static let threadLimits = 1...64

  /// The same in words.
  public static let threadsText =
    "a number from \(threadLimits.lowerBound) to \(threadLimits.upperBound)"

  /// The threads that are used when nobody asks for another number: one for each processor, up to
  /// eight.
  public static var defaultThreads: Int { min(defaultImageThreads, 8) }

  /// The threads that many images are divided among when nobody asks for another number: one for each
  /// processor that the program may use.
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

  /// The same network, with threads and memory of its own; the packed weights are shared.
  ///
  /// Two networks can run at the same time.
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

  /// The threads that a layer is divided among, the caller's included.
  public var threads: Int { workers.count }

  /// What the kernels are written for.
  public var instructionSet: InstructionSet { workers.instructionSet }

  /// What goes in: height × width × channels.
  public var inputShape: Shape {
    checkpoint.architecture.input(resolution: resolution)
  }

  /// The memory of the packed weights and of the threads' workplaces, in bytes; a trace has its
  /// own.
  public var byteCount: Int {
    stages.reduce(access.withLock { _ in workers.byteCount }) { $0 + $1.byteCount }
  }

  /// Runs the network on `input`, whose shape is `inputShape`, and records every output.
  public func run(_ input: Tensor) -> Trace {
    record(input, layers, layout, into: Storage(uninitialized: layout.count), onLayer: nil)
  }

  /// Runs the network on `input` and replaces `trace`, in the same memory if nobody else holds it.
  ///
  /// `onLayer` hears of each layer as it is done: its position, counted from 0, and its time in
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

  /// Runs the network on `input` in `memory` if nobody else holds it and it is as large as it must
  /// be, or else in new memory.
  func run(
    _ input: Tensor, in memory: inout Storage?, onLayer: ((Int, Double) -> Void)? = nil
  ) -> Trace {
    record(
      input, layers, layout, into: .reusing(&memory, count: layout.count), onLayer: onLayer)
  }

  /// Runs the network on `input` without recording anything.
  ///
  /// Returns the last layer's output: probabilities, or the pooled channels of a network without a
  /// classifier. `onLayer` hears of each layer as it is done, as `run` has it.
  public func probabilities(
    of input: Tensor, onLayer: ((Int, Double) -> Void)? = nil
  ) -> Tensor {
    precondition(input.shape == inputShape)
    return access.withLock { spares in
      reserveSpares(&spares)
      return stages.indices.reduce(input) { input, index in
        let stage = stages[index]
        let shape = layers[stage.positions.upperBound - 1].output
        // What is returned outlives the lock.
        let isLast = index == stages.count - 1
        let storage = isLast ? Storage(uninitialized: shape.count) : spares[index % 2]
        let output = Destination(shape: shape, storage: storage)
        let times = stage.run(input, into: output, workers: workers)
        for (position, time) in zip(stage.positions, times) { onLayer?(position, time) }
        return output.tensor
      }
    }
  }

  /// Makes the two blocks as large as the input, its sides rounded up to even ones, and the largest
  /// output of a stage.
  func reserveSpares(_ spares: inout [Storage]) {
    guard spares.isEmpty else { return }
    let counts = stages.map { layers[$0.positions.upperBound - 1].output.count }
    func even(_ side: Int) -> Int { (side + 1) / 2 * 2 }
    let input = even(inputShape.height) * even(inputShape.width) * inputShape.channels
    let largest = counts.reduce(input, max)
    spares = (0..<2).map { _ in Storage(uninitialized: largest) }
  }

  /// The most that the network's threads can do, in billions of floating-point operations a second.
  ///
  /// Measured now, which takes about a tenth of a second.
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
