/// A key.
public enum Key: Hashable, Sendable {
  /// A letter, a digit or another printed character.
  case character(Character)
  /// A letter pressed together with Ctrl, in lower case.
  case control(Character)
  /// An arrow.
  case up, down, left, right
  /// Enter, Escape and the other keys with names.
  case enter, escape, tab, backTab, backspace, delete, insert
  /// The keys that move far.
  case home, end, pageUp, pageDown
  /// F1 and its neighbours, from 1.
  case function(Int)
}

/// A mouse event over a cell.
public struct Mouse: Hashable, Sendable {
  /// The kinds of mouse events.
  public enum Kind: Hashable, Sendable {
    case press, release, drag, wheelUp, wheelDown
  }

  /// The kind of event.
  public let kind: Kind
  /// The column.
  public let x: Int
  /// The row.
  public let y: Int

  /// Makes an event of `kind` over the cell in column `x` and row `y`.
  public init(_ kind: Kind, x: Int, y: Int) {
    self.kind = kind
    self.x = x
    self.y = y
  }
}

/// An event from the terminal.
public enum Event: Hashable, Sendable {
  /// A key was pressed.
  case key(Key)
  /// A mouse button or the wheel was used.
  case mouse(Mouse)
  /// Text was pasted, or a file was dropped on the terminal.
  case paste(String)
  /// The terminal has another size now.
  case resize(Size)
  /// The terminal reported its capabilities or a change of its colours.
  case shows(Capabilities)
}
