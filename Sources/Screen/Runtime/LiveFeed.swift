import Explorer
import Live
import Research

/// A stream on its way to the screen, where a frame is shown when there is time for one.
struct LiveFeed {
  /// The stream on its way through the network.
  let pipeline: Pipeline
  private let name: String
  private let numbering: Numbering
  private let clock = ContinuousClock()
  private var nextDrawing: ContinuousClock.Instant
  private var measured: (tally: Tally, at: ContinuousClock.Instant)
  private var watched: WatchedChannel?
  private var hasNewFrame = false
  /// Since when somebody is busy with the frame that is shown.
  private var busySince: ContinuousClock.Instant?
  private var isHeld = false

  /// The least time from one drawing to the next: a thirtieth of a second.
  private static let drawingInterval = Duration.seconds(1) / 30
  /// The time over which it is measured how fast the stream goes, and for which a person reads it.
  private static let measuringInterval = Duration.milliseconds(500)
  /// More pixels on a side than a terminal shows of a frame.
  private static let longestSide = 320

  /// Shows what comes out of `pipeline`, which reads `source`.
  init(_ pipeline: Pipeline, source: String, numbering: Numbering) {
    self.pipeline = pipeline
    self.numbering = numbering
    name = Photo.name(ofStream: source)
    nextDrawing = clock.now
    measured = (Tally(), clock.now)
  }

  /// Whether it is time to draw again.
  var mayDraw: Bool { clock.now >= nextDrawing }

  /// How long to wait for keys before there is something to do, in milliseconds.
  var patience: Int {
    let wait = nextDrawing - clock.now
    return wait > .zero ? Int(wait / .milliseconds(1)) + 1 : 250
  }

  /// What happened since the last time; frames are left where they are while somebody is busy with
  /// the one before.
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

  /// Keeps the past of the channel that is shown.
  mutating func watch(_ state: ExplorerState) {
    let channel = WatchedChannel(layer: state.selection.layer, channel: state.channel)
    guard channel != watched else { return }
    watched = channel
    pipeline.watch(channel)
  }

  /// Notes that what is shown was drawn, and since when.
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
      trends: classified.history.trends(top: 5))
  }
}
