import Cells
import Reports

extension HelpScreen {
  static let shortcuts: [Binding] = [
    Binding(
      [.character("?"), .function(1)], "?", label: "help", rank: .last,
      help: "List every key (also F1)."
    ) { _, state in
      state.screen == id ? nil : .opened(id)
    }
  ]

  static let bindings: [Binding] = [
    Binding(steps: [.up, .down], "↑↓", label: "scroll", help: "Scroll by a line.") { step, _ in
      .help(.scrolled(by: step))
    }.only { $0.hasMoreHelp },
    Binding(
      steps: [.pageUp, .pageDown], "PgUp PgDn", label: "page", help: "Turn the page."
    ) { step, _ in .help(.paged(by: step)) }.only { $0.hasMoreHelp },
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
    let layout = HelpLayout(core, in: area)
    let search = query + (isSearching ? "▏" : "")
    let end = frame.cells.write("Keys  ", x: area.x + 1, y: area.y, style: Theme.title)
    frame.cells.write(search, x: end, y: area.y, style: Theme.quiet, maxWidth: area.width - 26)

    let lines = lines(core)
    if lines.isEmpty {
      frame.cells.write(
        "No key does that: \(query)", x: layout.lists.x + 3, y: layout.lists.y,
        maxWidth: layout.lists.width - 3)
    }
    let first = min(scroll, max(0, lines.count - layout.room))
    let left = lines.dropFirst(first + layout.room).count { $0.beginsKey }
    if left > 0 {
      let more = "… \(left) more keys below"
      frame.cells.write(
        more, x: layout.lists.maxX - more.count - 1, y: area.y, style: Theme.quiet)
    }
    for (place, line) in lines.dropFirst(first).prefix(layout.room).enumerated() {
      draw(line, in: layout.row(place), of: &frame)
    }
    frame.answer(in: area, wheel: { .help(.scrolled(by: 3 * $0)) })
    guard let legend = layout.legend else { return }
    let most = max(1, lines.count - layout.room)
    HelpLegend(asked: asked, core: core, progress: Double(first) / Double(most)).draw(
      in: frame.pane(legend, title: "how to read the screens"), of: &frame)
  }

  private func draw(_ line: HelpLine, in row: Rect, of frame: inout Frame) {
    switch line {
    case .title(let title):
      let end = frame.cells.write(title + " ", x: row.x, y: row.y, style: Theme.title)
      frame.cells.write(
        String(repeating: "─", count: max(0, row.maxX - end)), x: end, y: row.y,
        style: Theme.quiet)
    case .key(let symbol, let words):
      frame.cells.write(symbol, x: row.x + 1, y: row.y, style: Theme.key)
      let sentence = row.columns(.fixed(HelpLayout.indent), .fill).1
      frame.cells.write(words, x: sentence.x, y: row.y, maxWidth: sentence.width)
    }
  }
}

extension ExplorerState {
  /// Whether the help has more lines than are shown.
  fileprivate var hasMoreHelp: Bool {
    let help = self[HelpScreen.self]
    return help.lines(core).count > HelpLayout(core, in: Layout.body(of: core)).room
  }
}

/// A line of the help.
enum HelpLine: Sendable {
  case title(String)
  /// A key with its sentence; in a continued line the key is empty.
  case key(String, String)

  /// Whether it is the first line about a key.
  fileprivate var beginsKey: Bool {
    if case .key(let symbol, _) = self { !symbol.isEmpty } else { false }
  }
}

/// Where the lists of keys stand, and what explains the pictures.
struct HelpLayout {
  /// The columns before a sentence.
  static let indent = 11
  /// The fewest columns of a list beside another.
  private static let fewest = 35
  /// The columns of what explains the pictures.
  private static let legendWidth = 40
  /// From so many columns on, an example stands beside the explanation.
  private static let widthWithExample = 150

  /// The lists, one beside the other.
  let lists: Rect
  /// The area that explains the pictures; nil where there is no room.
  let legend: Rect?
  private let count: Int

  init(_ core: Core, in area: Rect) {
    guard Layout.isRoomy(core.size) else {
      (lists, legend, count) = (area.inset(1).rows(.fixed(1), .fill).1, nil, 1)
      return
    }
    // In a large terminal the example is as large as it can be beside two lists.
    let example =
      area.width < Self.widthWithExample
      ? 0 : max(Self.legendWidth, min(area.height - 3, area.width - 116))
    let (left, right) = area.columns(.fill, .fixed(Self.legendWidth + example))
    lists = left.inset(1).rows(.fixed(1), .fill).1
    legend = right
    count = max(1, (lists.width + 1) / (Self.fewest + 1))
  }

  private var width: Int { (lists.width + 1) / count - 1 }

  /// The columns that a sentence has.
  var sentenceWidth: Int { max(20, width - Self.indent) }

  /// The lines that there is room for.
  var room: Int { count * max(1, lists.height) }

  /// Where the line at `place` of those that are shown stands.
  func row(_ place: Int) -> Rect {
    let rows = max(1, lists.height)
    return lists.columns(.fixed(place / rows * (width + 1)), .fixed(width), .fill).1
      .rows(.fixed(place % rows), .fixed(1), .fill).1
  }
}
