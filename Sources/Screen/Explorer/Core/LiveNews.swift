import Live
import MobileNet
import Research

/// News of a stream.
public enum LiveNews: Sendable {
  /// A frame and the network's run on it are ready.
  case came(LiveFrame)
  /// Newer frames are held back while something is measured on the shown one; false when they come
  /// again.
  case held(Bool)
  /// The pace was measured again; `skipped` counts from the beginning.
  case measured(Pace, skipped: Int)
  /// The stream reported an event.
  case noticed(Notice)
}

/// A person's requests to a stream.
public enum LiveIntent: Equatable, Sendable {
  /// Pause, or go on.
  case pauseSwitched
  /// Show the frame before, or the one after.
  case stepped(back: Bool)
  /// Write the last ten seconds to a file.
  case recordingAsked
}

/// Requests to the stream's pipeline.
public enum LiveRequest: Equatable, Sendable {
  /// Use this network from now on.
  case use(Numbered<Model>)
  /// Pause, or go on.
  case pause(Bool)
  /// Show the frame before, or the one after.
  case step(back: Bool)
  /// Write the last ten seconds of the selected channel, or of the predictions, to a file.
  case record
}
