/// The words of a language for things that the program names: kinds of layers, rows of charts.
struct Words: Sendable, Equatable {
  private let own: [String: Sentence]
  /// The words for keys that `own` lacks.
  private let fallback: [String: Sentence]
  /// The notation of numbers.
  private let notation: NumberNotation

  /// Takes the words of `language`; nil stands for English.
  init(_ own: [String: Sentence] = [:], fallback: Words? = nil, language: String? = nil) {
    self.own = own
    notation = NumberNotation(language: language ?? LessonLibrary.english)
    self.fallback = fallback?.all ?? [:]
  }

  /// All words, own ones before others.
  private var all: [String: Sentence] { fallback.merging(own) { $1 } }

  /// The keys of all words.
  var keys: Set<String> { Set(all.keys) }

  /// Returns the word called `key`, with the values of `facts` in place of its names; the key
  /// itself if there is no word.
  func word(_ key: String, facts: Facts = Facts()) -> String {
    (own[key] ?? fallback[key]).map { $0.said(of: facts, words: self) } ?? key
  }

  /// Returns the text of a fact's value; `name` in braces if there is none.
  func text(_ value: Facts.Value?, name: String, facts: Facts = Facts()) -> String {
    switch value {
    case .text(let text): number(text)
    case .verbatim(let text): text
    case .word(let key): word(key, facts: facts)
    case .list(let items): "\(items.count)"
    case .flag(true): ""
    case .flag(false), .absent: "–"
    case nil: "{\(name)}"
    }
  }

  /// Returns `text` with its numbers as the language writes them.
  func number(_ text: String) -> String { notation.written(text) }

  /// Returns the chart called `name` in these words; nil if it has no rows.
  func chart(_ name: String, of facts: Facts) -> Chart? {
    guard let fact = facts.charts[name], !fact.rows.isEmpty else { return nil }
    let rows = fact.rows.map { row in
      let name = text(row.name, name: "", facts: facts)
      return row.value.map { Chart.Row(name, $0, number(row.text)) } ?? Chart.Row(unknown: name)
    }
    return Chart(word(fact.title, facts: facts), rows, reach: fact.reach, lit: fact.lit)
  }
}
