import Live
import MobileNet
import Research

/// What a stream brings.
public enum LiveNews: Sendable {
  /// A frame and the network's answer are there.
  case came(LiveFrame)
  /// Newer frames wait because something is measured on the one that is shown, or wait no longer.
  case held(Bool)
  /// How fast it goes was measured again; `skipped` counts from the beginning.
  case measured(Pace, skipped: Int)
  /// The stream said something.
  case noticed(Notice)
}

/// What a person asks of a stream.
public enum LiveIntent: Equatable, Sendable {
  /// Frames were to stop, or to come again.
  case pauseSwitched
  /// The frame before was asked for, or the one after.
  case stepped(back: Bool)
  /// The last ten seconds were to be written to a file.
  case recordingAsked
}

/// What is asked of a stream outside.
public enum LiveRequest: Equatable, Sendable {
  /// Run this network from now on.
  case use(Numbered<Model>)
  /// Let no frames come, or let them come again.
  case pause(Bool)
  /// Look at the frame before, or at the one after.
  case step(back: Bool)
  /// Write the last ten seconds of the selected channel, or of the predictions, to a file.
  case record
}
