import Cells
import Reports

extension HelpScreen {
  static let bindings: [Binding] = [
    Binding(steps: [.up, .down], "↑↓", label: "scroll", help: "Scroll by a line.") { step, _ in
      .help(.scrolled(by: step))
    },
    Binding(
      steps: [.pageUp, .pageDown], "PgUp PgDn", label: "page", help: "Turn the page."
    ) { step, _ in .help(.paged(by: step)) },
    Binding([.home, .end], "Home End", help: "Go to the first or the last line.") { key, _ in
      .help(.scrolled(by: key == .home ? -.max / 2 : .max / 2))
    },
    Binding(
      [.character("/")], "/", label: "search", help: "Search the keys; Enter ends typing.",
      action: .help(.searched(true))),
    Binding([.enter], "Enter", help: "End typing.", action: .help(.searched(false))),
    Binding([.backspace], "Bksp", help: "Take the last letter away.", action: .help(.erased)),
  ]

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    let search = query + (isSearching ? "▏" : "")
    let end = frame.cells.write("Keys  ", x: area.x + 1, y: area.y, style: Theme.title)
    frame.cells.write(search, x: end, y: area.y, style: Theme.quiet, maxWidth: area.width - 26)

    let lines = lines(core)
    if lines.isEmpty {
      frame.cells.write(
        "No key does that: \(query)", x: area.x + 3, y: area.y + 1,
        maxWidth: area.width - 3)
    }
    let room = HelpLine.room(in: area, of: core)
    let first = min(scroll, max(0, lines.count - room))
    if first + room < lines.count {
      let more = "\(lines.count - first - room) more below"
      frame.cells.write(more, x: area.maxX - more.count - 1, y: area.y, style: Theme.quiet)
    }
    let rows = max(1, area.height - 1)
    for (place, text) in lines.dropFirst(first).prefix(room).enumerated() {
      let x = area.x + place / rows * HelpLine.columnWidth(of: core)
      let y = area.y + 1 + place % rows
      switch text {
      case .title(let title):
        frame.cells.write(title, x: x + 1, y: y, style: Theme.title)
      case .key(let symbol, let words):
        frame.cells.write(symbol, x: x + 3, y: y, style: Theme.key)
        frame.cells.write(words, x: x + HelpLine.indent, y: y, maxWidth: HelpLine.width(of: core))
      }
    }
    frame.answer(in: area, wheel: { .help(.scrolled(by: 3 * $0)) })
  }
}

/// A line of the help.
enum HelpLine {
  case title(String)
  /// A key with its sentence; in a continued line the key is empty.
  case key(String, String)

  /// The column where sentences begin.
  static let indent = 15

  /// The smallest width of one of several columns of keys.
  private static let fewest = 53

  /// Returns the number of columns of keys.
  private static func count(of core: Core) -> Int {
    Layout.isRoomy(core.size) ? core.size.width / fewest : 1
  }

  /// Returns the width of a column of keys.
  static func columnWidth(of core: Core) -> Int { core.size.width / count(of: core) }

  /// Returns the width of a sentence.
  static func width(of core: Core) -> Int { max(20, columnWidth(of: core) - indent - 1) }

  /// Returns the number of lines that fit into `area`.
  static func room(in area: Rect, of core: Core) -> Int {
    count(of: core) * max(1, area.height - 1)
  }
}
