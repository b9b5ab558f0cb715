import MobileNet

/// What a topic knows about a value of a photo, by name: what the sentences of a lesson file speak of.
///
/// Names are the same in every language. A name that a topic has but that does not apply here, such
/// as the bias of a pooling layer, is there and absent.
public struct Facts: Sendable {
  /// What a name stands for.
  enum Value: Sendable {
    /// A number or a name, as it is written.
    case text(String)
    /// A word that lesson files translate, by its key.
    case word(String)
    /// Something that holds or not; it reads as nothing.
    case flag(Bool)
    /// Several things of a kind, each with facts of its own.
    case list([Facts])
    /// Nothing here.
    case absent
  }

  /// A chart before its words are chosen.
  struct ChartFact: Sendable {
    let title: String
    let rows: [(name: Value, value: Double?, text: String)]
    var reach: Double?
    var lit: Int?
  }

  /// What each name stands for.
  var values: [String: Value] = [:]
  /// What a name may stand for on other photos and layers, where there are few such things.
  private(set) var choices: [String: [String]] = [:]
  /// The charts that can be shown.
  var charts: [String: ChartFact] = [:]
  /// Which part of the lesson a step is that speaks of these facts, in a list.
  var part: Step.Part?
  /// How many terms are in the sum once that step is reached, in a list.
  var termsDone: Int?

  /// Knows nothing.
  init() {}

  /// Knows what each name of `texts` stands for.
  init(_ texts: [String: String]) { values = texts.mapValues { .text($0) } }

  /// Notes that `name` stands for `text`, or for nothing here.
  mutating func set(_ name: String, _ text: String?) {
    values[name] = text.map { .text($0) } ?? .absent
  }

  /// Notes whether `name` holds; it reads as nothing.
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

  /// These facts, and below them those of `other` where these have none.
  func over(_ other: Facts) -> Facts {
    var all = other
    all.values.merge(values) { $1 }
    all.choices.merge(choices) { $1 }
    all.charts.merge(charts) { $1 }
    return all
  }

  /// The names that a lesson file may use, with what they stand for, sorted.
  public var named: [(name: String, text: String)] {
    values.keys.sorted().map { name in
      switch values[name] {
      case .text(let text): (name, text)
      case .word(let key): (name, key)
      case .list(let items): (name, "a list of \(items.count)")
      case .flag(true): (name, "holds here")
      case .flag(false): (name, "does not hold here")
      case .absent, nil: (name, "nothing here")
      }
    }
  }
}
