import Cells

extension SaveScreen {
  static let shortcuts: [Binding] = [
    Binding([.character("s")], "s", label: "save", rank: .second, help: "Save what is seen.") {
      _, state in
      state.screen == id ? nil : .opened(id)
    }
  ]

  static let bindings: [Binding] = [
    Binding(
      steps: [.up, .down, .character("k"), .character("j")], "↑↓", label: "choose",
      help: "Go to the line before or after."
    ) { step, _ in .save(.moved(by: step)) },
    Binding([.enter], "Enter", label: "save", help: "Save it to the working folder.") {
      _, state in
      SaveKind(rawValue: state[SaveScreen.self].cursor).map { .save(.chosen($0)) }
    },
    Binding(
      SaveKind.allCases.indices.map { .character(Character("\($0 + 1)")) },
      "1…\(SaveKind.allCases.count)", help: "Save that line."
    ) { key, _ in
      guard case .character(let digit) = key, let number = digit.wholeNumberValue else {
        return nil
      }
      return SaveKind(rawValue: number - 1).map { .save(.chosen($0)) }
    },
  ]

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    let kinds = SaveKind.allCases
    // The title with a number, the cursor and the frame.
    let width = (kinds.map(\.title.count).max() ?? 0) + 7
    let box = area.box(width: width, height: kinds.count + 2)
    frame.box(box, over: area, title: "Save")
    for (line, kind) in kinds.enumerated() {
      let isSelected = line == cursor
      frame.cells.write(
        "\(isSelected ? "▸" : " ")\(line + 1)  \(kind.title)", x: box.x + 1,
        y: box.y + 1 + line, style: isSelected ? Theme.selected : Theme.plain,
        maxWidth: box.width - 2)
    }
    frame.silence()
    frame.answer(in: box) { _, y in SaveKind(rawValue: y - 1).map { .save(.chosen($0)) } }
  }
}
