import Cells
import Explorer
import Lessons
import MobileNet
import Reports

extension Settings {
  /// The settings as a configuration file, with a comment for every line.
  public var text: String {
    func yes(_ flag: Bool) -> String { flag ? "yes" : "no" }
    func names<Choice: RawRepresentable<String>>(_ choices: [Choice]) -> String {
      choices.map(\.rawValue).joined(separator: ", ")
    }
    let languages = (["auto"] + LessonLibrary.languages).joined(separator: ", ")
    let rows: [(comment: String, line: String)] = [
      ("how many colours: " + Self.colors.joined(separator: ", "), "color = \(color)"),
      (
        "the colours of text, for the ground of the terminal: "
          + names(Preferences.Theme.allCases),
        "theme = \(preferences.theme.rawValue)"
      ),
      (
        "the signs that pictures are made of: " + names(Preferences.Glyphs.allCases),
        "glyphs = \(preferences.glyphs.rawValue)"
      ),
      (
        "pictures as pixels, where the terminal can: " + names(Preferences.Pixels.allCases),
        "pixels = \(preferences.pixels.rawValue)"
      ),
      ("draw with ASCII only", "ascii = \(yes(ascii))"),
      (
        "say everything in sentences, for screen readers", "plain = \(yes(view.isPlain))"
      ),
      (
        "the colours of heatmaps: " + names(ColorMap.allCases),
        "color-map = \(view.colorMap.rawValue)"
      ),
      ("what they span: " + names(ViewSettings.Range.allCases), "scale = \(view.range.rawValue)"),
      (
        "how they are spread: " + names(ViewSettings.Curve.allCases),
        "curve = \(view.curve.rawValue)"
      ),
      ("whether the mouse selects", "mouse = \(yes(mouse))"),
      ("the language of lessons: \(languages)", "language = \(language ?? "auto")"),
      (
        "a bundled name or a checkpoint file to begin with",
        weights.map { "weights = \($0)" } ?? "# weights = mobilenet-1.0"
      ),
      (
        "threads to compute on, \(Network.threadsText)",
        threads.map { "threads = \($0)" } ?? "# threads = 2"
      ),
    ]
    let maps = keys.map { "map \($0.key.name) = \($0.value.name)" }.sorted()
    let lines =
      rows.flatMap { ["# \($0.comment)", $0.line] }
      + ["# keys that act as another: map PRESSED = MEANT (Ctrl-C always quits)"]
      + (maps.isEmpty ? ["# map h = Left"] : maps)
      + ["#", "# The keys there are:"] + Self.keyLines
    return lines.joined(separator: "\n") + "\n"
  }

  /// The keys of all screens, as comments.
  private static var keyLines: [String] {
    KeyHelp.all.flatMap { help in
      ["#   \(help.title)"]
        + help.keys.map { "#     \($0.symbol.padded(right: 11)) \($0.sentence)" }
    }
  }
}

extension Key {
  private static let names: [(String, Key)] = [
    ("Up", .up), ("Down", .down), ("Left", .left), ("Right", .right), ("Enter", .enter),
    ("Esc", .escape), ("Tab", .tab), ("BackTab", .backTab), ("Backspace", .backspace),
    ("Delete", .delete), ("Insert", .insert), ("Home", .home), ("End", .end),
    ("PageUp", .pageUp), ("PageDown", .pageDown), ("Space", .character(" ")),
  ]

  /// Makes the key that a configuration file calls `name`; nil if there is none.
  init?(name: String) {
    if let known = Self.names.first(where: { $0.0.lowercased() == name.lowercased() }) {
      self = known.1
    } else if name.count == 1, let character = name.first {
      self = .character(character)
    } else if name.lowercased().hasPrefix("ctrl-"), name.count == 6, let last = name.last {
      self = .control(Character(last.lowercased()))
    } else if name.first == "F", let number = Int(name.dropFirst()), 1...12 ~= number {
      self = .function(number)
    } else {
      return nil
    }
  }

  /// The key's name in a configuration file.
  var name: String {
    if let known = Self.names.first(where: { $0.1 == self }) { return known.0 }
    return switch self {
    case .character(let character): String(character)
    case .control(let character): "Ctrl-\(character.uppercased())"
    case .function(let number): "F\(number)"
    default: ""
    }
  }
}
