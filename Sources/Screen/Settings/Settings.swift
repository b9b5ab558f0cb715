import Cells
import Explorer
import Lessons
import MobileNet

/// A person's preferences, as in the configuration file.
public struct Settings: Equatable, Sendable {
  /// The number of colours: auto, never, 16, 256 or truecolor.
  public var color = "auto"
  /// The preferences for the terminal, which override what it reports.
  public var preferences = Preferences()
  /// Whether to draw with ASCII characters only.
  public var ascii = false
  /// The settings by which activations become colours.
  public var view = ViewSettings()
  /// Whether the mouse selects in the explorer.
  public var mouse = true
  /// The language of lessons; nil for that of the environment.
  public var language: String?
  /// The checkpoint to begin with; nil for the program's own default.
  public var weights: String?
  /// The number of threads to compute on; nil for one per core, up to eight.
  public var threads: Int?
  /// Remapped keys: the pressed key and the one that it stands for.
  public var keys: [Key: Key] = [:]

  /// Makes the default settings.
  public init() {}

  /// Parses the lines "name = value" of `text`; # begins a comment.
  public init(parsing text: String) throws(SettingsError) {
    self.init()
    for (index, line) in Self.lines(of: text).enumerated() {
      var trimmed = line.trimmed
      if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
      // A # may be the name of a key, so a line that maps keys has no comment at its end.
      if !trimmed.hasPrefix("map "), let comment = trimmed.firstRange(of: " #") {
        trimmed = trimmed[..<comment.lowerBound].trimmed
      }
      guard let equals = trimmed.firstIndex(of: "="), equals != trimmed.startIndex else {
        throw SettingsError(line: index + 1, reason: "expected \"name = value\"")
      }
      let name = trimmed[..<equals].trimmed
      let value = trimmed[trimmed.index(after: equals)...].trimmed
      do {
        try set(String(name), to: String(value))
      } catch {
        throw SettingsError(line: index + 1, reason: error.reason)
      }
    }
  }

  /// Returns the lines of `text` that set something again, each with the number of the earlier
  /// line, which has no effect.
  public static func repetitions(in text: String) -> [SettingsError] {
    var lines: [Substring: Int] = [:]
    return Self.lines(of: text).enumerated().compactMap { index, line in
      let name = line.prefix { $0 != "=" }.trimmed
      guard name.count < line.count, !name.hasPrefix("#"), !name.isEmpty else { return nil }
      let number = index + 1
      defer { lines[name] = number }
      return lines[name].map {
        SettingsError(line: number, reason: "\(name) is set again; line \($0) counts for nothing")
      }
    }
  }

  /// Returns the line of `text` that sets `name` last, from 1; nil if none does.
  public static func line(setting name: String, in text: String) -> Int? {
    lines(of: text).lastIndex { $0.prefix { $0 != "=" }.trimmed == name }.map { $0 + 1 }
  }

  private static func lines(of text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  private struct Problem: Error {
    let reason: String
  }

  private mutating func set(_ name: String, to value: String) throws(Problem) {
    if name.hasPrefix("map ") {
      let pressed = try Self.key(String(name.dropFirst(4).trimmed))
      guard pressed != .control("c") else {
        throw Problem(reason: "Ctrl-C always quits, so that some key does; map another one")
      }
      keys[pressed] = try Self.key(value)
      return
    }
    switch name {
    case "color": color = try Self.one(of: Self.colors, value)
    case "glyphs": preferences.glyphs = try Self.one(of: Preferences.Glyphs.allCases, value)
    case "pixels": preferences.pixels = try Self.one(of: Preferences.Pixels.allCases, value)
    case "theme": preferences.theme = try Self.one(of: Preferences.Theme.allCases, value)
    case "ascii": ascii = try Self.flag(value)
    case "plain": view.isPlain = try Self.flag(value)
    case "color-map": view.colorMap = try Self.one(of: ColorMap.allCases, value)
    case "scale": view.range = try Self.one(of: ViewSettings.Range.allCases, value)
    case "curve": view.curve = try Self.one(of: ViewSettings.Curve.allCases, value)
    case "mouse": mouse = try Self.flag(value)
    case "language":
      language = value == "auto" ? nil : try Self.one(of: LessonLibrary.languages, value)
    case "weights": weights = value.isEmpty ? nil : value
    case "threads":
      guard let count = Int(value), Network.threadLimits ~= count else {
        throw Problem(reason: "threads = \(value): expected \(Network.threadsText)")
      }
      threads = count
    default:
      throw Problem(reason: "no setting is called \"\(name)\"")
    }
  }

  /// The possible values of `color`.
  static let colors = ["auto", "never", "16", "256", "truecolor"]

  private static func one(of names: [String], _ value: String) throws(Problem) -> String {
    guard names.contains(value) else { throw choice(names, value) }
    return value
  }

  private static func one<Choice: RawRepresentable<String>>(
    of choices: [Choice], _ value: String
  ) throws(Problem) -> Choice {
    guard let found = Choice(rawValue: value) else { throw choice(choices.map(\.rawValue), value) }
    return found
  }

  private static func choice(_ names: [String], _ value: String) -> Problem {
    Problem(reason: "\"\(value)\": expected one of \(names.joined(separator: ", "))")
  }

  private static func flag(_ value: String) throws(Problem) -> Bool {
    switch value {
    case "yes", "true", "on": return true
    case "no", "false", "off": return false
    default: throw Problem(reason: "\"\(value)\": expected yes or no")
    }
  }

  private static func key(_ name: String) throws(Problem) -> Key {
    guard let key = Key(name: name) else {
      throw Problem(reason: "\"\(name)\" is no key; write a character, Up, PageDown, Ctrl-D or F1")
    }
    return key
  }
}

/// An error in a configuration file, with its line.
public struct SettingsError: Error, Equatable, CustomStringConvertible {
  /// The number of the line, from 1.
  public let line: Int
  /// The fault, and what was expected.
  public let reason: String

  /// The line and the reason.
  public var description: String { "line \(line): \(reason)" }
}

extension StringProtocol {
  /// The text without white space at both ends.
  fileprivate var trimmed: SubSequence {
    let start = firstIndex { !$0.isWhitespace } ?? endIndex
    let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? start
    return self[start..<end]
  }
}
