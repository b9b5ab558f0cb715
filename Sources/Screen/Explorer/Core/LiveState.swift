import Live
import MobileNet
import Research

/// The state of a stream.
public struct LiveState: Equatable, Sendable {
  /// The status of a stream.
  public enum Status: Equatable, Sendable {
    /// No frame has come yet.
    case waiting
    /// Frames come.
    case running
    /// Frames come, but the shown one stays while something is measured on it.
    case held
    /// The stream has not ended, but no more frames come.
    case stalled
    /// The person paused the stream.
    case paused
    /// The stream has ended; `reason` is nil unless it broke off.
    case ended(reason: String?)
  }

  /// The index of the shown frame, from 0; nil before the first.
  public var frame: Int?
  /// The network's run on the shown frame; nil while other weights are loaded.
  var run: Numbered<Run>?
  /// The number of frames by which the shown one is older than the newest.
  public var age = 0
  /// Whether the person paused the stream.
  public var isPaused = false
  /// Whether the shown frame has to stay, because something is measured on it.
  var isHeld = false
  /// The end of the stream, once it came.
  var end: End?
  /// The pace of the stream and of the network.
  public var pace = Pace(Tally(), since: Tally(), seconds: 0)
  /// The number of frames skipped for newer ones so far.
  public var skipped = 0
  /// The likely classes of the last minute.
  public var trends: [ClassTrend] = []
  /// A frame that waits for its patched run.
  var next: LiveFrame?

  /// The end of a stream; `reason` is nil unless it broke off.
  struct End: Equatable, Sendable {
    let reason: String?
  }

  /// Makes the state of a stream without frames.
  public init() {}

  /// The status of the stream.
  public var status: Status {
    if isPaused { return .paused }
    if let end { return .ended(reason: end.reason) }
    guard frame != nil else { return .waiting }
    if isHeld { return .held }
    return pace.seconds > 0 && pace.between.read == 0 ? .stalled : .running
  }
}

/// A frame of a stream with the network's run on it.
public struct LiveFrame: Equatable, Sendable {
  /// The number of the model that ran.
  public let model: Int
  /// The frame's index, from 0.
  public let frame: Int
  /// The number of frames by which it is older than the newest.
  public let age: Int
  /// The frame as the screens show it.
  public let photo: Numbered<Photo>
  /// The network's run on the frame.
  public let run: Numbered<Run>
  /// The likely classes of the last minute.
  public let trends: [ClassTrend]

  /// Makes the frame with index `frame`, `age` frames older than the newest, run by the model with
  /// number `model`.
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
