import Cells

extension LeaveScreen {
  static let shortcuts: [Binding] = [
    Binding(
      [.character("q")], "q", label: "quit", rank: .last,
      help: "On the layers: quit; it asks first where something is marked or switched off."
    ) { _, state in
      guard state.screens.count == 1 else { return nil }
      return state.losses.isEmpty ? .quit : .leave(.asked(about: state.losses))
    }
  ]

  static let bindings: [Binding] = [
    Binding(
      [.enter, .character("y"), .character("q")], "Enter", label: "quit",
      help: "Quit all the same (also y and q).",
      action: .quit),
    Binding([.character("s")], "s", label: "save", help: "Save the session, and stay.") {
      _, state in state.live == nil ? .leave(.saved) : nil
    },
  ]

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    let box = area.box(width: 58, height: losses.count + 4)
    frame.box(box, over: area, title: "Quit?")
    frame.silence()
    for (line, text) in sentences(core).enumerated() {
      frame.cells.write(
        text, x: box.x + 2, y: box.y + 1 + line, maxWidth: box.width - 4)
    }
  }

  func sentences(_ core: Core) -> [String] {
    ["This would be lost."] + losses.map { "\($0.capitalizedFirst)." }
      + [
        core.live == nil
          ? "Enter quits, s saves the session, Esc stays." : "Enter quits, Esc stays."
      ]
  }
}
