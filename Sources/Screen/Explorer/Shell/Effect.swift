import MobileNet
import Research

/// Work to be done outside the state; its results come back as news.
public enum Effect: Equatable, Sendable {
  /// Answer a question.
  case ask(AnyQuestion)
  /// Stop working on a question.
  case cancel(AnyQuestion)
  /// Send an action to a screen after some time.
  indirect case later(milliseconds: Int, ScreenAction)
  /// Add an image to the recently opened ones.
  case remember(path: String)
  /// Write a file of this kind.
  case save(SaveKind)
  /// Send a request to the stream.
  case live(LiveRequest)
  /// Write files for teaching.
  case teaching(TeachingRequest)
  /// Copy text to the terminal's clipboard.
  case copy(String)
  /// Turn mouse events on or off.
  case listenToMouse(Bool)
  /// Quit the program.
  case quit
  /// Suspend the program until the shell continues it.
  case suspend
}
