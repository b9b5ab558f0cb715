import Live
import MobileNet
import Research

/// Where a running stream is.
public struct LiveState: Equatable, Sendable {
  /// What becomes of the stream.
  public enum Status: Equatable, Sendable {
    /// Nothing came yet.
    case waiting
    /// Frames come.
    case running
    /// Frames come, but what is measured on the one that is shown takes its time.
    case held
    /// It has not ended, but nothing comes any more.
    case stalled
    /// The person stopped it.
    case paused
    /// No frame comes any more; with a reason, unless it simply ended.
    case ended(reason: String?)
  }

  /// The frame that is shown, counted from 0; nil before the first.
  public var frame: Int?
  /// What the network made of it; nil while other weights are asked.
  var run: Numbered<Run>?
  /// How many frames before the newest it lies.
  public var age = 0
  /// Whether the person stopped the frames.
  public var isPaused = false
  /// Whether the frame that is shown has to stay, because something is measured on it.
  var isHeld = false
  /// Why no frame comes any more, once none does.
  var end: End?
  /// How fast it goes.
  public var pace = Pace(Tally(), since: Tally(), seconds: 0)
  /// Frames that gave way to newer ones until now.
  public var skipped = 0
  /// The likely classes of the last minute.
  public var trends: [ClassTrend] = []
  /// A frame that waits for what it becomes with parts of the network switched off.
  var next: LiveFrame?

  /// How a stream ended.
  struct End: Equatable, Sendable {
    let reason: String?
  }

  /// A stream of which nothing has come yet.
  public init() {}

  /// What becomes of the stream.
  public var status: Status {
    if isPaused { return .paused }
    if let end { return .ended(reason: end.reason) }
    guard frame != nil else { return .waiting }
    if isHeld { return .held }
    return pace.seconds > 0 && pace.between.read == 0 ? .stalled : .running
  }
}

/// A frame of a stream and what the network made of it.
public struct LiveFrame: Equatable, Sendable {
  /// The number of the model that ran.
  public let model: Int
  /// Counted from 0.
  public let frame: Int
  /// How many frames before the newest it lies.
  public let age: Int
  /// The frame as the screens show it.
  public let photo: Numbered<Photo>
  /// What the network made of it.
  public let run: Numbered<Run>
  /// The likely classes of the last minute.
  public let trends: [ClassTrend]

  /// Frame `frame`, `age` before the newest, and what the model called `model` made of it.
  public init(
    model: Int, frame: Int, age: Int, photo: Numbered<Photo>, run: Numbered<Run>,
    trends: [ClassTrend]
  ) {
    self.model = model
    self.frame = frame
    self.age = age
    self.photo = photo
    self.run = run
    self.trends = trends
  }
}
