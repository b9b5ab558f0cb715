import Cells
import MobileNet
import Research

/// A request of a key, a click or a screen.
public enum Intent: Equatable, Sendable {
  // Where to look.
  /// Select the layer so many further.
  case layerMoved(by: Int)
  /// Select the layer at a position.
  case layerSelected(Int)
  /// Select the channel so many further.
  case channelMoved(by: Int)
  /// Select the channel with a number, from 0.
  case channelSelected(Int)
  /// Show the layers, unless the screen on top shows the selected layer.
  case layerShown
  /// Move the cursor by cells; if each cell is a channel, select a channel.
  case cellMoved(x: Int, y: Int)
  /// Place the cursor on a column and a row, from 0.
  case cellPointed(x: Int, y: Int)
  /// Begin an area at the cursor, end it there, or remove it.
  case areaSwitched
  /// Ask about a class.
  case classChosen(Int)
  /// Compare with a rival class; nil for none.
  case rivalChosen(Int?)

  // What to look at.
  /// Show the image so many further in the album.
  case albumMoved(by: Int)
  /// Show the photo at a path.
  case photoAsked(path: String)
  /// Load a checkpoint by name or path, at a resolution or at its own.
  case weightsAsked(String, said: Said = [:], resolution: Resolution?)
  /// Open whatever lies at a path that was dropped on the terminal.
  case pathDropped(String)
  /// Use the atlas at a path.
  case atlasChosen(path: String)
  /// Add a patch.
  case patched(Patch)
  /// Replace the patch at an index.
  case patchChanged(at: Int, Patch)
  /// Remove the last patch.
  case undone
  /// Control the stream.
  case live(LiveIntent)

  // How things look.
  /// Take the next range of the colours.
  case rangeCycled
  /// Take the next curve from values to colours.
  case curveCycled
  /// Take the next colour map.
  case colorMapCycled
  /// Draw the channel over the photo, or alone.
  case overlaySwitched

  // Screens.
  /// Put a screen on top.
  case opened(ScreenID)
  /// Close a screen, wherever it is in the stack.
  case closed(ScreenID)
  /// Close the screen on top.
  case wentBack
  /// Perform a screen's own action.
  case screen(ScreenAction)

  // The rest.
  /// Show a message.
  case said(Message)
  /// Ask the failed questions again.
  case retried
  /// Copy the numbers under the cursor.
  case copied
  /// Turn mouse events on or off.
  case mouseSwitched
  /// Have an effect performed.
  case perform(Effect)

  /// Quits the program.
  public static let quit = Intent.perform(.quit)
  /// Suspends the program.
  public static let suspended = Intent.perform(.suspend)
}

/// An event from outside the state.
public enum News: Sendable {
  /// The explorer has been started.
  case started
  /// The terminal has a new size.
  case resized(Size)
  /// The terminal reported its capabilities, or a change of its colours.
  case terminalChanged(Capabilities)
  /// A key was pressed, so the message was read.
  case keyPressed
  /// A question was answered, wholly or in part, or failed.
  case answered(AnyQuestion, Answers.Reply)
  /// News of the stream.
  case live(LiveNews)
  /// The time that a screen set is over.
  case timePassed(ScreenAction)
  /// The work that a screen asked for is done.
  case screen(ScreenAction)
  /// A file was written; the text names it.
  case saved(String)
  /// Something failed.
  case failed(String)
}
