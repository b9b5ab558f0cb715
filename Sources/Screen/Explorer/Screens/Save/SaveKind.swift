/// The kinds of files that can be saved from the screen.
public enum SaveKind: Int, CaseIterable, Equatable, Sendable {
  /// The screen as plain text.
  case text
  /// The screen with its colours, as ANSI escape sequences.
  case ansi
  /// The screen as an SVG picture.
  case svg
  /// All steps of a lesson as text.
  case lesson
  /// The channel as a PNG, one pixel per value.
  case heatmap
  /// The layer's output as a NumPy array.
  case activation
  /// The session: image, weights, position and settings, to be opened again.
  case session
  /// The lessons that were told, with pictures.
  case page
  /// Their questions, without the answers.
  case worksheet

  /// The title in the menu.
  var title: String {
    switch self {
    case .text: "this screen as text"
    case .ansi: "this screen with its colours (ANSI)"
    case .svg: "this screen as a picture (SVG)"
    case .lesson: "how this value was made, or the lesson, as text"
    case .page: "the lessons as a page with pictures (HTML)"
    case .worksheet: "the same as a worksheet, with room to write"
    case .heatmap: "this channel as a picture, a pixel per value (PNG)"
    case .activation: "this layer's output as an array (NumPy)"
    case .session: "this session, to open it again"
    }
  }

  /// The extension of the file's name.
  public var suffix: String {
    switch self {
    case .text, .lesson: "txt"
    case .ansi: "ans"
    case .svg: "svg"
    case .page, .worksheet: "html"
    case .heatmap: "png"
    case .activation: "npy"
    case .session: "json"
    }
  }
}
