import Cells

/// Draws the state: the header, the screen on top, the footer.
public func render(_ state: ExplorerState) -> Frame {
  var frame = Frame(size: state.size)
  frame.cells.capabilities = state.view.capabilities
  frame.cells.memory = state.pictures
  if state.view.isPlain {
    state.speech.draw(into: &frame)
    return frame
  }
  guard state.size.width >= Layout.smallest.width, state.size.height >= Layout.smallest.height
  else {
    TooSmall.draw(state.size, into: &frame)
    return frame
  }
  let area = frame.area
  let (top, _, bottom) = area.rows(.fixed(1), .fill, .fixed(1))
  if state[state.screen].fillsTerminal {
    state[state.screen].draw(state.core, in: area, of: &frame)
    if state.message != nil { Footer.draw(state, in: bottom, of: &frame) }
    return frame
  }
  let body = Layout.body(of: state.core)
  Header.draw(state.core, in: top, of: &frame)
  if let live = state.live {
    PaceView(live: live).draw(
      in: area.row(1), of: &frame.cells)
  }
  for id in state.seen.reversed() { state[id].draw(state.core, in: body, of: &frame) }
  Footer.draw(state, in: bottom, of: &frame)
  return frame
}

/// The layout of the terminal.
enum Layout {
  /// The smallest terminal in which anything is drawn.
  static let smallest = Size(width: 60, height: 16)

  /// Returns whether a terminal has room for framed panes beside and below each other.
  static func isRoomy(_ size: Size) -> Bool { size.width >= 120 && size.height >= 39 }

  /// Returns the inside of `pane` in a terminal of `size`.
  static func inside(_ pane: Rect, _ size: Size) -> Rect {
    guard pane.width >= 4, pane.height >= 3 else { return pane }
    guard isRoomy(size) else { return pane.rows(.fixed(1), .fill).1 }
    return pane.inset(1).rows(.fixed(1), .fill, .fixed(1)).1
  }

  /// Returns `area` without the first column of a small terminal, which has no frames: text and pictures
  /// begin in one column on all screens, and only marks stand before it.
  static func margined(_ area: Rect, _ size: Size) -> Rect {
    isRoomy(size) ? area : area.columns(.fixed(1), .fill).1
  }

  /// Returns the area between the header, with a second line during a stream, and the footer.
  static func body(of core: Core) -> Rect {
    Rect(core.size).rows(.fixed(core.live == nil ? 1 : 2), .fill, .fixed(1)).1
  }
}

/// The text in a terminal that is too small.
enum TooSmall {
  static func draw(_ size: Size, into frame: inout Frame) {
    let needed = "\(Layout.smallest.width)×\(Layout.smallest.height)"
    let lines = ["\(size.width)×\(size.height): too small,", "\(needed) needed.", "q quits"]
    for (y, line) in lines.prefix(size.height).enumerated() {
      frame.cells.write(line, x: 0, y: y)
    }
  }
}
