import Cells

/// The last line: the keys that work now, or something that the person must know.
enum Footer {
  static func draw(_ state: ExplorerState, in area: Rect, of frame: inout Frame) {
    if let message = state.message {
      let style = message.isError ? Theme.error : Theme.title
      frame.cells.write(message.text, x: area.x + 1, y: area.y, style: style)
      return
    }
    var x = area.x + 1
    for binding in state.bindings {
      guard let label = binding.label, let key = binding.keys.first,
        binding.action(key, state) != nil
      else { continue }
      let width = binding.symbol.count + 1 + label.count
      guard x + width <= area.maxX else { break }
      let start = x
      x = frame.cells.write(binding.symbol, x: x, y: area.y, style: Theme.key)
      x = frame.cells.write(label, x: x + 1, y: area.y, style: Theme.quiet)
      frame.answer(in: Rect(x: start, y: area.y, width: width, height: 1)) { _, _ in
        binding.action(key, state)
      }
      x += 2
    }
  }
}
