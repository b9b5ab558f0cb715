import Cells
import MobileNet
import Research

/// What a key, a click or a screen asks for.
public enum Intent: Equatable, Sendable {
  // Where to look.
  case layerMoved(by: Int)
  case layerSelected(Int)
  case channelMoved(by: Int)
  case channelSelected(Int)
  /// The layers, unless a screen is shown that is about the selected layer.
  case layerShown
  /// The cursor on the layer's picture, by cells; where the cells are channels, the channel.
  case cellMoved(x: Int, y: Int)
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
  case photoAsked(path: String)
  /// The checkpoint called so, or at that path; at its own input side unless one is given.
  case weightsAsked(String, said: Said = [:], resolution: Int?)
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
  case live(LiveIntent)

  // How things look.
  case rangeCycled
  case curveCycled
  case colorMapCycled
  /// The channel was to be laid over the photo, or shown alone.
  case overlaySwitched

  // Screens.
  case opened(ScreenID)
  case closed(ScreenID)
  case wentBack
  /// Something that a screen itself answers to.
  case screen(ScreenAction)

  // The rest.
  case said(Message)
  /// What failed was to be tried again.
  case retried
  /// The numbers under the cursor were to be copied.
  case copied
  case mouseSwitched
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
  case resized(Size)
  /// The terminal said what it can show, or its colours changed.
  case terminalChanged(Capabilities)
  /// A key was pressed, whatever it does: the message was read.
  case keyPressed
  /// A question is answered, wholly or in part, or will not be.
  case answered(AnyQuestion, Answers.Reply)
  case live(LiveNews)
  /// The time that a screen asked for is over.
  case timePassed(ScreenAction)
  /// The file of a picture for somebody's own classes was written, unless there is a problem.
  case recorded(String, problem: String?)
  /// A network that was taught was written to a file, to be looked through.
  case learned(path: String)
  /// A file was written; the text says what and where.
  case saved(String)
  /// Something that was to be done could not be.
  case failed(String)
}
