import Cells

extension Screen {
  /// Every key of every screen; typing narrows the list.
  static let help = Screen(
    bindings: [
      Binding([.up, .down], "↑↓", label: "scroll", help: "Scroll by a line.") { key, _ in
        .help(.scrolled(by: key == .up ? -1 : 1))
      },
      Binding([.pageUp, .pageDown], "PgUp PgDn", help: "Scroll by ten lines.") { key, _ in
        .help(.scrolled(by: key == .pageUp ? -10 : 10))
      },
      Binding(
        [.character("/")], "/", label: "search", help: "Search the keys; Enter ends typing.",
        action: .help(.searched(true))),
      Binding([.enter], "Enter", help: "End typing.", action: .help(.searched(false))),
      Binding([.backspace], "Bksp", help: "Take the last letter away.", action: .help(.erased)),
    ],
    title: "Help",
    draw: { state, area, frame in
      let search = state.help.query + (state.help.isSearching ? "▏" : "")
      let end = frame.cells.write("Keys  ", x: area.x + 1, y: area.y, style: Theme.title)
      frame.cells.write(search, x: end, y: area.y, style: Theme.quiet, maxWidth: area.width - 8)

      let lines = lines(matching: state.help.query)
      let rows = area.height - 1
      let first = min(state.help.scroll, max(0, lines.count - rows))
      for (line, text) in lines.dropFirst(first).prefix(rows).enumerated() {
        let y = area.y + 1 + line
        switch text {
        case .title(let title):
          frame.cells.write(title, x: area.x + 1, y: y, style: Theme.title)
        case .key(let key):
          frame.cells.write(key.symbol, x: area.x + 3, y: y, style: Theme.key)
          frame.cells.write(key.sentence, x: area.x + 15, y: y, maxWidth: area.width - 16)
        }
      }
      frame.answer(in: area, wheel: { .help(.scrolled(by: 3 * $0)) })
    },
    typed: { state, character in state.help.isSearching ? .help(.typed(character)) : nil })

  enum HelpLine {
    case title(String)
    case key(KeyHelp.Key)
  }

  /// The keys whose symbol, sentence or screen contains `query`, below the names of their screens.
  static func lines(matching query: String) -> [HelpLine] {
    KeyHelp.all.compactMap { $0.matching(query) }.flatMap {
      [HelpLine.title($0.title)] + $0.keys.map(HelpLine.key)
    }
  }
}
