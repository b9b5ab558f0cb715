import Live

/// What can happen to a stream.
public enum LiveAction: Equatable, Sendable {
  /// A frame and the network's answer are there.
  case came(LiveFrame)
  /// Newer frames have waited for some time for what is measured on the one that is shown, or do so
  /// no longer.
  case held(Bool)
  /// How fast it goes was measured again; `skipped` counts from the beginning.
  case measured(Pace, skipped: Int)
  /// The stream said something.
  case noticed(Notice)
  /// Frames were to stop, or to come again.
  case pauseSwitched
  /// The frame before was asked for, or the one after.
  case stepped(back: Bool)
  /// The last ten seconds were to be written to a file.
  case recordingAsked
  /// They were written; the text says what and where.
  case recorded(String)
}

/// What is asked of a stream.
public enum LiveRequest: Equatable, Sendable {
  /// Let no frames come, or let them come again.
  case pause(Bool)
  /// Look at the frame before, or at the one after.
  case step(back: Bool)
  /// Write the last ten seconds of the selected channel, or of the predictions, to a file.
  case record(ExplorerState)
}
