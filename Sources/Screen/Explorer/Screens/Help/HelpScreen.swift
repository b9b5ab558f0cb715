import Cells
import Reports

extension Screen {
  /// Every key of every screen; typing narrows the list.
  static let help = Screen(
    bindings: [
      Binding(steps: [.up, .down], "↑↓", label: "scroll", help: "Scroll by a line.") { step, _ in
        .help(.scrolled(by: step))
      },
      Binding(
        steps: [.pageUp, .pageDown], "PgUp PgDn", label: "page", help: "Scroll by ten lines."
      ) { step, _ in .help(.scrolled(by: 10 * step)) },
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
      frame.cells.write(search, x: end, y: area.y, style: Theme.quiet, maxWidth: area.width - 26)

      let lines = state.helpLines
      if lines.isEmpty {
        frame.cells.write(
          "No key does that: \(state.help.query)", x: area.x + 3, y: area.y + 1,
          maxWidth: area.width - 3)
      }
      let rows = area.height - 1
      let first = min(state.help.scroll, max(0, lines.count - rows))
      if first + rows < lines.count {
        let more = "\(lines.count - first - rows) more below"
        frame.cells.write(more, x: area.maxX - more.count - 1, y: area.y, style: Theme.quiet)
      }
      for (line, text) in lines.dropFirst(first).prefix(rows).enumerated() {
        let y = area.y + 1 + line
        switch text {
        case .title(let title):
          frame.cells.write(title, x: area.x + 1, y: y, style: Theme.title)
        case .key(let symbol, let words):
          frame.cells.write(symbol, x: area.x + 3, y: y, style: Theme.key)
          frame.cells.write(
            words, x: area.x + HelpLine.indent, y: y, maxWidth: HelpLine.width(of: state))
        }
      }
      frame.answer(in: area, wheel: { .help(.scrolled(by: 3 * $0)) })
    },
    typed: { state, character in state.help.isSearching ? .help(.typed(character)) : nil })

}

/// A line of the help.
enum HelpLine {
  case title(String)
  /// A key, or nothing below the one before, and what stands beside it.
  case key(String, String)

  /// The column of the sentences.
  static let indent = 15

  /// The columns that a sentence has.
  static func width(of state: ExplorerState) -> Int { max(20, state.size.width - indent - 1) }
}

extension ExplorerState {
  /// The keys whose symbol, sentence or screen contains what is searched for, below the names of
  /// their screens; the screen that help was asked on comes first.
  var helpLines: [HelpLine] {
    let asked = screens.last { $0 != .help } ?? .home
    let found = KeyHelp.all(for: asked, isLive: live != nil).compactMap { $0.matching(help.query) }
    return found.flatMap { group in
      [HelpLine.title(group.title)]
        + group.keys.flatMap { key in
          key.sentence.wrapped(to: HelpLine.width(of: self)).enumerated().map { line, words in
            HelpLine.key(line == 0 ? key.symbol : "", words)
          }
        }
    }
  }
}
