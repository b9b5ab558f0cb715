import Cells
import Reports

extension FindScreen {
  static let shortcuts: [Binding] = [
    Binding(
      [.character("/")], "/", label: "find", help: "Find a layer or a class by its name.",
      action: .find(.began(""))),
    Binding(
      [.character(":")], ":", help: "Go to :layer 12, :channel 300 or :place 3,4.",
      action: .find(.began(":"))),
    Binding(
      [.character("n"), .character("N")], "n N", help: "Go to the next or the last find again."
    ) { key, state in
      state[FindScreen.self].query.isEmpty
        ? nil : .find(.repeated(by: key == .character("n") ? 1 : -1))
    },
  ]

  static let bindings: [Binding] = [
    Binding(steps: [.up, .down], "↑↓", label: "choose", help: "Go to the find before or after.") {
      step, _ in .find(.moved(by: step))
    }.named { $0[FindScreen.self].finds($0.core).count > 1 },
    Binding(
      [.enter], "Enter", label: "go", help: "Go to the layer, or show evidence for the class.",
      action: .find(.chosen)
    ).named { $0[FindScreen.self].command != nil || !$0[FindScreen.self].finds($0.core).isEmpty },
    Binding([.backspace], "Bksp", help: "Take the last letter away.", action: .find(.erased)),
  ]

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    let finds = finds(core)
    let rows = min(10, area.height - 5)
    let box = area.box(width: 64, height: rows + 3, top: 1)
    frame.cells.box(box, title: "Find a layer or a class", style: Theme.title)
    frame.cells.write(
      query + "▏", x: box.x + 2, y: box.y + 1, maxWidth: box.width - 4)
    if query.isEmpty || command != nil {
      let lines = [":layer 12", ":channel 300", ":place 3,4"]
      for (line, text) in lines.prefix(rows).enumerated() {
        frame.cells.write(text, x: box.x + 2, y: box.y + 2 + line, style: Theme.quiet)
      }
    } else if finds.isEmpty {
      frame.cells.write(
        "no layer and no class has these letters", x: box.x + 2, y: box.y + 2, style: Theme.quiet,
        maxWidth: box.width - 4)
    }
    frame.silence()
    ScrollingList(count: finds.count, selected: cursor).draw(
      in: box.inset(1).rows(.fixed(2), .fixed(rows), .fill).1, of: &frame,
      click: { .find(.pointed($0)) }, wheel: { .find(.moved(by: $0)) }
    ) { index, row, frame in
      let isSelected = index == cursor
      frame.cells.write(
        (isSelected ? "▸" : " ") + kind(of: finds[index]).padded(right: 13)
          + name(of: finds[index], core),
        x: row.x, y: row.y,
        style: isSelected ? Theme.selected : Theme.plain, maxWidth: row.width)
    }
  }

  /// Returns the kind of a find.
  func kind(of find: Find) -> String {
    switch find {
    case .layer: "layer"
    case .classIndex: "class"
    case .channels: "channels for"
    }
  }
}
