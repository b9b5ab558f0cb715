import Cells
import Reports

/// The last line: the keys in effect, or a message.
enum Footer {
  static func draw(_ state: ExplorerState, in area: Rect, of frame: inout Frame) {
    if let message = state.message {
      draw(message, of: &frame)
      return
    }
    let shown = bindings(state)
    let last = shown.filter { $0.rank == .last }
    let cells = frame.cells
    let room = area.width - 1 - last.reduce(0) { $0 + gap + width($1, in: cells) }
    var left = room
    let fitting = [Binding.Rank.first, .second].flatMap { rank in
      shown.filter { binding in
        let isFitting = binding.rank == rank && width(binding, in: cells) <= left
        if isFitting { left -= width(binding, in: cells) + gap }
        return isFitting
      }
    }
    var x = area.x + 1
    for binding in fitting + last where x + width(binding, in: cells) <= area.maxX {
      x = draw(binding, in: area, x: x, state, of: &frame)
    }
  }

  /// Returns the bindings that do something now and have a label.
  static func bindings(_ state: ExplorerState) -> [Binding] {
    // In a menu, keys that lead elsewhere are not shown.
    let others = state.screen.type.isMenu ? Bindings.everywhere.filter { $0.rank == .last } : nil
    return (others.map { state.screen.type.bindings + $0 } ?? state.bindings)
      .filter { isShown($0, state) }
  }

  /// Draws a message in the last rows, as many as it takes below the header.
  private static func draw(_ message: Message, of frame: inout Frame) {
    let below = frame.area.rows(.fixed(1), .fill).1
    let rows = frame.cells.spelled(message.text).wrapped(to: below.width - 2).count
    let area = below.rows(.fill, .fixed(min(max(1, rows), below.height))).1
    frame.cells.fill(area, Cell())
    Paragraph.draw(
      message.text, in: area.inset(1),
      style: message.isError ? Theme.error : Theme.title, of: &frame.cells)
  }

  /// The number of columns between two keys.
  private static let gap = 2

  /// Returns whether `binding` has a label and is in effect: while a person types, letters are
  /// text.
  private static func isShown(_ binding: Binding, _ state: ExplorerState) -> Bool {
    guard binding.label != nil, binding.isNamed(state), let key = binding.keys.first,
      let intent = binding.action(key, state)
    else { return false }
    return state.intent(for: key) == intent
  }

  private static func width(_ binding: Binding, in cells: CellBuffer) -> Int {
    cells.spelled(binding.symbol).count + 1 + (binding.label?.count ?? 0)
  }

  /// Draws a binding's key and label from column `x` on; returns the column for the next.
  private static func draw(
    _ binding: Binding, in area: Rect, x: Int, _ state: ExplorerState, of frame: inout Frame
  ) -> Int {
    var end = frame.cells.write(binding.symbol, x: x, y: area.y, style: Theme.key)
    end = frame.cells.write(binding.label ?? "", x: end + 1, y: area.y, style: Theme.quiet)
    frame.answer(in: area.row(area.y, x..<end)) { _, _ in
      binding.keys.first.flatMap { binding.action($0, state) }
    }
    return end + gap
  }
}
