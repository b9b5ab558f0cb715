import Cells
import MobileNet
import Research

/// What a key, a click or a screen asks for.
public enum Intent: Equatable, Sendable {
  // Where to look.
  /// The layer so many further down.
  case layerMoved(by: Int)
  /// The layer at a position.
  case layerSelected(Int)
  /// The channel so many further on.
  case channelMoved(by: Int)
  /// The channel with a number, from 0.
  case channelSelected(Int)
  /// The layers, unless a screen is shown that is about the selected layer.
  case layerShown
  /// The cursor on the layer's picture, by cells; where the cells are channels, the channel.
  case cellMoved(x: Int, y: Int)
  /// The cell in a column and a row, from 0.
  case cellPointed(x: Int, y: Int)
  /// An area was begun at the cursor, or given up.
  case areaSwitched
  /// The class that is asked about.
  case classChosen(Int)
  /// The class that it is compared with; nil for none.
  case rivalChosen(Int?)

  // What to look at.
  /// The image so many further in the album.
  case albumMoved(by: Int)
  /// The photo at a path.
  case photoAsked(path: String)
  /// The checkpoint called so, or at that path; at its own input side unless one is given.
  case weightsAsked(String, said: Said = [:], resolution: Resolution?)
  /// Whatever lies at a path that was dropped on the terminal.
  case pathDropped(String)
  /// The atlas at a path is to be looked at.
  case atlasChosen(path: String)
  /// A patch was to be put on the network.
  case patched(Patch)
  /// Another patch was to be put in place of the one at an index.
  case patchChanged(at: Int, Patch)
  /// The last patch was to be taken off.
  case undone
  /// Something that a stream is asked to do.
  case live(LiveIntent)

  // How things look.
  /// The next range of values that colours stand for.
  case rangeCycled
  /// The next curve between values and colours.
  case curveCycled
  /// The next colour map.
  case colorMapCycled
  /// The channel was to be laid over the photo, or shown alone.
  case overlaySwitched

  // Screens.
  /// A screen on top of what is shown.
  case opened(ScreenID)
  /// The screen was to be left, wherever it is.
  case closed(ScreenID)
  /// The screen on top was to be left.
  case wentBack
  /// Something that a screen itself answers to.
  case screen(ScreenAction)

  // The rest.
  /// A message was to be shown.
  case said(Message)
  /// What failed was to be tried again.
  case retried
  /// The numbers under the cursor were to be copied.
  case copied
  /// The mouse was to be heard, or left to the terminal.
  case mouseSwitched
  /// Something was to be done outside.
  case perform(Effect)

  /// Leaves the program.
  public static let quit = Intent.perform(.quit)
  /// Gives the terminal back to the shell.
  public static let suspended = Intent.perform(.suspend)
}

/// Something that happened outside.
public enum News: Sendable {
  /// The explorer is on the screen.
  case started
  /// The terminal has another size.
  case resized(Size)
  /// The terminal said what it can show, or its colours changed.
  case terminalChanged(Capabilities)
  /// A key was pressed, whatever it does: the message was read.
  case keyPressed
  /// A question is answered, wholly or in part, or will not be.
  case answered(AnyQuestion, Answers.Reply)
  /// Something that a stream says.
  case live(LiveNews)
  /// The time that a screen asked for is over.
  case timePassed(ScreenAction)
  /// What a screen asked for is done.
  case screen(ScreenAction)
  /// A file was written; the text says what and where.
  case saved(String)
  /// Something that was to be done could not be.
  case failed(String)
}
