import Foundation
import Kernels
import MobileNet
import Streams
import Synchronization
import Tensors

/// A stream's way through a network.
///
///     source → reader thread → desk (one frame) → computing thread → one answer → consumer
///
/// No thread waits for those behind it: a newer frame replaces one that nobody took, and so does a
/// newer answer. Neither thread keeps the program from ending.
public final class Pipeline: Sendable {
  /// The options for reading a stream.
  public struct Options: Sendable {
    /// Whether every frame is run; otherwise the newest replaces older ones.
    public var keepsEvery = false
    /// The frames to read a second, 0 for as fast as they come; nil for the stream's own rate.
    public var rate: Double?
    /// The colour matrix, which a YUV4MPEG2 stream cannot state; nil to choose by the size of the
    /// frames.
    public var matrix: YUVColors.Matrix?
    /// The memory for past frames, in bytes.
    public var memory = 96 << 20

    /// Makes the defaults: the newest frame wins, at the stream's own rate.
    public init() {}
  }

  private let source: String
  private let options: Options
  private let wake: @Sendable () -> Void
  private let desk: Desk
  private let shared = Mutex(Shared())

  /// The state shared by both threads and the consumer.
  private struct Shared {
    var tally = Tally()
    var newest: ClassifiedFrame?
    var notices: [Notice] = []
    var network: (network: Network, number: Int)?
    var recorder = Recorder()
    var failure: StreamError?
  }

  /// Prepares to read `source` as `FrameStreams.open` does.
  ///
  /// `wake` is called on another thread when an answer comes after there was none, and for each
  /// notice.
  public init(source: String, options: Options, wake: @escaping @Sendable () -> Void) {
    self.source = source
    self.options = options
    self.wake = wake
    desk = Desk(keepsEvery: options.keepsEvery)
  }

  /// Starts both threads.
  public func start() {
    Thread.detachNewThread { self.read() }
    let computer = Thread { self.compute() }
    computer.qualityOfService = .userInteractive
    computer.start()
  }

  /// Ends both threads, as soon as the reader does not wait for its source.
  public func stop() { desk.close() }

  // MARK: The consumer

  /// Uses `network` with this number from now on; before the first call nothing is run.
  public func use(_ network: Network, number: Int) {
    shared.withLock { $0.network = (network, number) }
    desk.ask(.again)
  }

  /// Takes the newest frame; nil if it was taken before.
  public func takeFrame() -> ClassifiedFrame? {
    shared.withLock { shared in
      defer { shared.newest = nil }
      return shared.newest
    }
  }

  /// Takes the notices, in order.
  public func takeNotices() -> [Notice] {
    shared.withLock { shared in
      defer { shared.notices = [] }
      return shared.notices
    }
  }

  /// The counts and times so far.
  public var tally: Tally { shared.withLock { $0.tally } }

  /// The error with which the stream broke off, if it did.
  public var failure: StreamError? { shared.withLock { $0.failure } }

  /// Pauses the frames, or lets them come again.
  public func pause(_ isPaused: Bool) { desk.pause(isPaused) }

  /// Goes to the frame before the current one, or after it.
  public func step(back isBack: Bool) { desk.ask(.step(back: isBack)) }

  /// Records that a frame was drawn, and how many milliseconds that took.
  public func noteDrawing(milliseconds: Double) {
    shared.withLock { shared in
      shared.tally.drawn += 1
      shared.tally.drawing += milliseconds
    }
  }

  /// Records `channel` from now on.
  public func watch(_ channel: WatchedChannel) {
    shared.withLock { $0.recorder.watched = channel }
  }

  /// The recorded frames of the last ten seconds, the oldest first.
  public var recorded: [RecordedFrame] { shared.withLock { $0.recorder.frames } }

  // MARK: The threads

  private func read() {
    do throws(StreamError) {
      let stream = try FrameStreams.open(source, matrix: options.matrix)
      let rate = options.rate.map { $0 > 0 ? $0 : nil } ?? stream.rate
      var pacer = Pacer(rate: rate, isLive: options.rate == nil && stream.isLive)
      while let frame = try next(of: stream) {
        pacer.wait()
        guard let skips = desk.put(frame) else { return }
        if skips { shared.withLock { $0.tally.skipped += 1 } }
      }
      desk.finish(nil)
    } catch {
      shared.withLock { $0.failure = error }
      desk.finish("\(error)")
    }
  }

  private func next(of stream: any FrameStream) throws(StreamError) -> RawFrame? {
    var frame = desk.takeSpare()
    let (watch, waited) = (Stopwatch(), stream.waited)
    guard try stream.next(into: &frame) else { return nil }
    let milliseconds = watch.milliseconds - (stream.waited - waited)
    shared.withLock { shared in
      shared.tally.read += 1
      shared.tally.decoding += milliseconds
    }
    return frame
  }

  private func compute() {
    var computer = Computer(ring: FrameRing(byteLimit: options.memory))
    while let job = desk.next() {
      guard let (network, number) = shared.withLock({ $0.network }) else { continue }
      switch job {
      case .frame(let frame):
        desk.giveBack(computer.ring.append(frame))
        publish(&computer, network, number, isNew: true)
      case .step(let isBack):
        if computer.ring.step(back: isBack) {
          publish(&computer, network, number, isNew: false)
        } else if isBack {
          notice(.atOldest(kept: computer.ring.count))
        } else if !desk.permitOne() {
          notice(.atNewest)
        }
      case .again:
        computer.history = ClassHistory()
        shared.withLock { shared in
          let watched = shared.recorder.watched
          shared.recorder = Recorder()
          shared.recorder.watched = watched
        }
        publish(&computer, network, number, isNew: false)
      case .finish(let reason):
        notice(.ended(reason: reason))
      }
    }
  }

  private func publish(
    _ computer: inout Computer, _ network: Network, _ number: Int, isNew: Bool
  ) {
    guard let frame = computer.ring.current else { return }
    let run = computer.run(network, on: frame)
    let last = run.trace.output(at: run.trace.layers.count - 1)
    if isNew, run.trace.layers.last?.givesProbabilities == true, last.isFinite {
      computer.history.add(last, second: Int(run.seconds))
    }
    let classified = ClassifiedFrame(
      network: number, frame: frame, prepared: run.prepared, trace: run.trace,
      history: computer.history, age: computer.ring.age)
    let wasEmpty = shared.withLock { shared in
      if isNew {
        shared.tally.add(run)
        shared.recorder.add(run.trace, frame: frame.number, seconds: run.seconds)
      }
      defer { shared.newest = classified }
      return shared.newest == nil
    }
    if wasEmpty { wake() }
  }

  private func notice(_ notice: Notice) {
    shared.withLock { $0.notices.append(notice) }
    wake()
  }
}
