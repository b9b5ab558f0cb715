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
        [.character("/")], "/", label: "search", help: "Search the keys; ⏎ ends typing.",
        action: .help(.searched(true))),
      Binding([.enter], "⏎", help: "End typing.", action: .help(.searched(false))),
      Binding([.backspace], "⌫", help: "Take the last letter away.", action: .help(.erased)),
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
        case .key(let symbol, let help):
          frame.cells.write(symbol, x: area.x + 3, y: y, style: Theme.key)
          frame.cells.write(help, x: area.x + 15, y: y, maxWidth: area.width - 16)
        }
      }
      frame.answer(in: area, wheel: { .help(.scrolled(by: 3 * $0)) })
    },
    typed: { state, character in state.help.isSearching ? .help(.typed(character)) : nil })

  enum HelpLine {
    case title(String)
    case key(String, String)
  }

  /// The keys whose symbol, sentence or screen contains `query`.
  static func lines(matching query: String) -> [HelpLine] {
    let groups = ID.allCases.map { ($0.definition.title, $0.definition.bindings) }
    return (groups + [("Everywhere", Bindings.everywhere)]).flatMap { title, bindings in
      let found = bindings.filter {
        query.isEmpty
          || "\(title) \($0.symbol) \($0.help)".lowercased().contains(query.lowercased())
      }
      return found.isEmpty
        ? [] : [HelpLine.title(title)] + found.map { .key($0.symbol, $0.help) }
    }
  }
}
