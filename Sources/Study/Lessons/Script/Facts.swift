import MobileNet

/// The facts of a topic about a value of a photo, by name, for the sentences of a lesson file.
///
/// Names are the same in every language. A name of the topic that does not apply here, such as the
/// bias of a pooling layer, has the value `absent`.
public struct Facts: Sendable {
  /// The value of a name.
  enum Value: Sendable {
    /// A text with numbers in English notation.
    case text(String)
    /// A name, or a text in the language of the lesson: what looks like a number in it stays.
    case verbatim(String)
    /// A word that lesson files translate, by its key.
    case word(String)
    /// Something that holds or not; it reads as nothing.
    case flag(Bool)
    /// Several items, each with facts of its own.
    case list([Facts])
    /// No value here.
    case absent
  }

  /// A chart before its words are chosen.
  struct ChartFact: Sendable {
    let title: String
    let rows: [(name: Value, value: Double?, text: String)]
    var reach: Double?
    var lit: Int?
  }

  /// The value of each name.
  var values: [String: Value] = [:]
  /// The values of a name on other photos and layers, where there are few.
  private(set) var choices: [String: [String]] = [:]
  /// The charts that can be shown, by name.
  var charts: [String: ChartFact] = [:]
  /// For an item of a list: the part of the lesson that a step on these facts belongs to.
  var part: Step.Part?
  /// For an item of a list: the number of terms in the sum after that step.
  var termsDone: Int?

  /// Creates facts without names.
  init() {}

  /// Creates facts with the texts of some names, and with others that stay as they are.
  init(_ texts: [String: String], verbatim: [String: String] = [:]) {
    values = texts.mapValues { .text($0) }.merging(verbatim.mapValues { .verbatim($0) }) { $1 }
  }

  /// Sets `name` to `text`, or to absent.
  mutating func set(_ name: String, _ text: String?) {
    values[name] = text.map { .text($0) } ?? .absent
  }

  /// Sets `name` to a name or a text in the language of the lesson, or to absent.
  mutating func set(_ name: String, verbatim text: String?) {
    values[name] = text.map { .verbatim($0) } ?? .absent
  }

  /// Sets `name` to an empty text if the condition `holds`, else to absent.
  mutating func flag(_ name: String, _ holds: Bool) { values[name] = .flag(holds) }

  /// Notes that `name` stands for the word called `key`, one of `keys`, or for nothing here.
  mutating func set(_ name: String, word key: String?, of keys: [String]) {
    values[name] = key.map { .word($0) } ?? .absent
    choices[name] = keys
  }

  /// Notes that `name` stands for a kind of layer, or for nothing here.
  mutating func set(_ name: String, kind: MobileNet.Operation.Kind?) {
    set(name, word: kind?.rawValue, of: MobileNet.Operation.Kind.allCases.map(\.rawValue))
  }

  /// Returns these facts, with those of `other` for names that are missing here.
  func over(_ other: Facts) -> Facts {
    var all = other
    all.values.merge(values) { $1 }
    all.choices.merge(choices) { $1 }
    all.charts.merge(charts) { $1 }
    return all
  }

  /// The names that a lesson file may use, with their values as text, sorted.
  public var named: [(name: String, text: String)] {
    values.keys.sorted().map { name in
      switch values[name] {
      case .text(let text), .verbatim(let text): (name, text)
      case .word(let key): (name, key)
      case .list(let items): (name, "a list of \(items.count)")
      case .flag(true): (name, "holds here")
      case .flag(false): (name, "does not hold here")
      case .absent, nil: (name, "nothing here")
      }
    }
  }
}
