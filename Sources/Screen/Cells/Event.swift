/// A key as a person knows it.
public enum Key: Hashable, Sendable {
  /// A letter, a digit, a sign.
  case character(Character)
  /// A letter together with the control key, in lower case.
  case control(Character)
  /// An arrow.
  case up, down, left, right
  /// The larger keys.
  case enter, escape, tab, backTab, backspace, delete, insert
  /// The keys that go far.
  case home, end, pageUp, pageDown
  /// F1 and its neighbours, from 1.
  case function(Int)
}

/// The mouse did something over a cell.
public struct Mouse: Hashable, Sendable {
  /// What it did.
  public enum Kind: Hashable, Sendable {
    case press, release, drag, wheelUp, wheelDown
  }

  /// What it did.
  public let kind: Kind
  /// The column.
  public let x: Int
  /// The row.
  public let y: Int

  /// Says what the mouse did, and where.
  public init(_ kind: Kind, x: Int, y: Int) {
    self.kind = kind
    self.x = x
    self.y = y
  }
}

/// What a terminal tells a program.
public enum Event: Hashable, Sendable {
  /// A key was pressed.
  case key(Key)
  /// The mouse did something.
  case mouse(Mouse)
  /// Text was pasted, or a file was dropped on the terminal.
  case paste(String)
  /// The terminal has another size now.
  case resize(Size)
  /// The terminal said what it can show, or that its colours changed.
  case shows(Capabilities)
}
