import MobileNet
import Research

/// Work that is done outside; what comes of it is news.
public enum Effect: Equatable, Sendable {
  /// Find an answer.
  case ask(AnyQuestion)
  /// Nobody wants the answer any more.
  case cancel(AnyQuestion)
  /// Let a screen hear something after some time.
  indirect case later(milliseconds: Int, ScreenAction)
  /// Note that an image was opened.
  case remember(path: String)
  /// Write something of what is shown to a file.
  case save(SaveKind)
  /// Ask something of the stream.
  case live(LiveRequest)
  /// Keep pictures of somebody's own classes, and what was learned from them.
  case teaching(TeachingRequest)
  /// Put text into the terminal's clipboard.
  case copy(String)
  /// Hear the mouse, or leave it to the terminal.
  case listenToMouse(Bool)
  /// Leave the program.
  case quit
  /// Give the terminal back to the shell until it brings the program to the foreground again.
  case suspend
}
