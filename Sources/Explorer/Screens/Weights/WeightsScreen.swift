import Cells

extension Screen {
  /// The weights there are, the facts of the one under the cursor, the input side.
  static let weights = Screen(
    bindings: [
      Binding(
        [.up, .down, .character("k"), .character("j")], "↑↓", label: "weights",
        help: "Go to the weights before or after."
      ) { key, _ in
        .weights(.moved(by: key == .up || key == .character("k") ? -1 : 1))
      },
      Binding(
        [.left, .right], "←→", label: "resolution", help: "Take a smaller or larger input side."
      ) { key, _ in
        .weights(.resolutionMoved(by: key == .left ? -1 : 1))
      },
      Binding(
        [.enter], "⏎", label: "take", help: "Look at the photo through these weights.",
        action: .weights(.chosen)),
    ],
    title: "Weights",
    draw: { state, area, frame in
      let weights = state.weights
      let width = min(32, area.width / 2)
      frame.cells.write(
        "weights, at \(weights.resolution)×\(weights.resolution)", x: area.x + 1, y: area.y,
        style: Theme.title)
      if weights.choices.isEmpty {
        frame.cells.write("…", x: area.x + 1, y: area.y + 1, style: Theme.quiet)
      }
      for (line, choice) in weights.choices.prefix(area.height - 1).enumerated() {
        let isSelected = line == weights.cursor
        frame.cells.write(
          (isSelected ? "▸" : " ") + choice.name, x: area.x, y: area.y + 1 + line,
          style: isSelected ? Theme.selected : Theme.plain, maxWidth: width)
      }
      frame.answer(
        in: Rect(x: area.x, y: area.y + 1, width: width, height: area.height - 1),
        click: { _, y in .weights(.pointed(y)) }, wheel: { .weights(.moved(by: $0)) })
      guard weights.choices.indices.contains(weights.cursor) else { return }
      for (line, fact) in weights.choices[weights.cursor].facts.enumerated() {
        guard line < area.height - 1 else { break }
        frame.cells.write(
          fact, x: area.x + width + 2, y: area.y + 1 + line, maxWidth: area.width - width - 2)
      }
    })
}
