import Explorer
import Live
import Research

/// Passes a stream's frames to the state, one whenever there is time to draw it.
struct LiveFeed {
  /// The stream's way through the network.
  let pipeline: Pipeline
  private let name: String
  private let numbering: Numbering
  private let clock = ContinuousClock()
  private var nextDrawing: ContinuousClock.Instant
  private var measured: (tally: Tally, at: ContinuousClock.Instant)
  private var watched: WatchedChannel?
  private var hasNewFrame = false
  /// The time since when work on the shown frame goes on; nil if there is none.
  private var busySince: ContinuousClock.Instant?
  private var isHeld = false

  /// The shortest time between two drawings: a thirtieth of a second.
  private static let drawingInterval = Duration.seconds(1) / 30
  /// The time between two measurements of the pace, long enough for a person to read one.
  private static let measuringInterval = Duration.milliseconds(500)
  /// The longest side of a frame's picture: more pixels than a terminal shows.
  private static let longestSide = 320
  /// The number of likely classes kept ready: as many as a large terminal lists.
  private static let mostTrends = 20

  /// Makes a feed of `pipeline`, which reads `source`.
  init(_ pipeline: Pipeline, source: String, numbering: Numbering) {
    self.pipeline = pipeline
    self.numbering = numbering
    name = Photo.name(ofStream: source)
    nextDrawing = clock.now
    measured = (Tally(), clock.now)
  }

  /// Whether the next drawing is due.
  var mayDraw: Bool { clock.now >= nextDrawing }

  /// The milliseconds to wait for keys before there is something to do.
  var patience: Int {
    let wait = nextDrawing - clock.now
    return wait > .zero ? Int(wait / .milliseconds(1)) + 1 : 250
  }

  /// Returns the news since the last call; while work on the shown frame goes on, no new frame is
  /// taken.
  mutating func takeNews(isBusy: Bool) -> [News] {
    var news = pipeline.takeNotices().map { News.live(.noticed($0)) }
    if mayDraw, !isBusy, let classified = pipeline.takeFrame() {
      news.append(.live(.came(frame(classified))))
      hasNewFrame = true
    }
    let now = clock.now
    busySince = isBusy ? busySince ?? now : nil
    let hasWaited = busySince.map { now - $0 >= Self.measuringInterval } ?? false
    if hasWaited != isHeld {
      isHeld = hasWaited
      news.append(.live(.held(isHeld)))
    }
    if now - measured.at >= Self.measuringInterval {
      let tally = pipeline.tally
      let seconds = (now - measured.at) / .seconds(1)
      let pace = Pace(tally, since: measured.tally, seconds: seconds)
      measured = (tally, now)
      news.append(.live(.measured(pace, skipped: tally.skipped)))
    }
    return news
  }

  /// Has the pipeline record the shown channel.
  mutating func watch(_ state: ExplorerState) {
    let channel = WatchedChannel(layer: state.selection.layer, channel: state.channel)
    guard channel != watched else { return }
    watched = channel
    pipeline.watch(channel)
  }

  /// Records that a frame was drawn since `start`.
  mutating func noteDrawing(since start: ContinuousClock.Instant) {
    nextDrawing = start + Self.drawingInterval
    guard hasNewFrame else { return }
    hasNewFrame = false
    pipeline.noteDrawing(milliseconds: (clock.now - start) / .milliseconds(1))
  }

  private func frame(_ classified: ClassifiedFrame) -> LiveFrame {
    let format = classified.frame.format
    let photo = Photo(
      frameOf: name, width: format.width, height: format.height, prepared: classified.prepared,
      picture: { [frame = classified.frame] in frame.picture(longest: Self.longestSide) },
      prepare: { [frame = classified.frame] in frame.prepared($0, resolution: $1) })
    return LiveFrame(
      model: classified.network, frame: classified.frame.number, age: classified.age,
      photo: numbering.number(photo), run: numbering.number(Run(classified.trace)),
      trends: classified.history.trends(top: Self.mostTrends))
  }
}
