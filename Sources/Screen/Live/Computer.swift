import Kernels
import MobileNet
import Streams

/// The state of the computing thread from frame to frame.
struct Computer {
  /// The frames kept for stepping back.
  var ring: FrameRing
  /// The probabilities of the last minute.
  var history = ClassHistory()
  private var clock: Stopwatch?
  private var traces = TracePool()
  private var preparer: FramePreparer?

  init(ring: FrameRing) {
    self.ring = ring
  }

  /// Runs `network` on `frame`.
  mutating func run(_ network: Network, on frame: RawFrame) -> FrameRun {
    let watch = Stopwatch()
    let clock = self.clock ?? watch
    self.clock = clock
    let prepared = prepare(frame, for: network)
    let preparing = watch.milliseconds
    let trace = traces.run(network, on: prepared.tensor)
    return FrameRun(
      prepared: prepared, trace: trace, seconds: clock.milliseconds / 1e3, preparing: preparing,
      inferring: watch.milliseconds - preparing)
  }

  private mutating func prepare(_ frame: RawFrame, for network: Network) -> PreparedInput {
    let (preprocessing, resolution) = (network.checkpoint.preprocessing, network.resolution)
    var preparer = self.preparer ?? FramePreparer(preprocessing, resolution: resolution)
    if preparer.preprocessing != preprocessing || preparer.resolution != resolution {
      preparer = FramePreparer(preprocessing, resolution: resolution)
    }
    defer { self.preparer = preparer }
    return preparer.prepare(frame)
  }
}

/// A network's run on a frame, with its times in milliseconds.
struct FrameRun {
  let prepared: PreparedInput
  let trace: Trace
  /// The seconds since the first run began.
  let seconds: Double
  let preparing: Double
  let inferring: Double
}

extension Tally {
  /// Adds a run to the counts.
  mutating func add(_ run: FrameRun) {
    inferred += 1
    span = run.seconds
    preparing += run.preparing
    inferring += run.inferring
    let times = run.trace.milliseconds
    if layers.count != times.count { layers = [Double](repeating: 0, count: times.count) }
    for index in times.indices { layers[index] += times[index] }
  }
}
