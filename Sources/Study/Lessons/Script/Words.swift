/// The words of one language for what the program names itself: kinds of layers, rows of charts.
struct Words: Sendable, Equatable {
  private let own: [String: Sentence]
  /// The words of those who have none of their own.
  private let fallback: [String: Sentence]

  init(_ own: [String: Sentence] = [:], fallback: Words? = nil) {
    self.own = own
    self.fallback = fallback?.all ?? [:]
  }

  /// All words there are.
  private var all: [String: Sentence] { fallback.merging(own) { $1 } }

  /// The keys of all words there are.
  var keys: Set<String> { Set(all.keys) }

  /// The word called `key`, with names of `facts` in it; the key itself where nobody has a word.
  func word(_ key: String, facts: Facts = Facts()) -> String {
    (own[key] ?? fallback[key]).map { $0.said(of: facts, words: self) } ?? key
  }

  /// What a fact reads as; `name` in braces where there is none.
  func text(_ value: Facts.Value?, name: String, facts: Facts = Facts()) -> String {
    switch value {
    case .text(let text): text
    case .word(let key): word(key, facts: facts)
    case .list(let items): "\(items.count)"
    case .flag(true): ""
    case .flag(false), .absent: "–"
    case nil: "{\(name)}"
    }
  }

  /// The chart called `name` in these words; nil where there is nothing to draw.
  func chart(_ name: String, of facts: Facts) -> Chart? {
    guard let fact = facts.charts[name], !fact.rows.isEmpty else { return nil }
    let rows = fact.rows.map { row in
      let name = text(row.name, name: "", facts: facts)
      return row.value.map { Chart.Row(name, $0, row.text) } ?? Chart.Row(unknown: name)
    }
    return Chart(word(fact.title, facts: facts), rows, reach: fact.reach, lit: fact.lit)
  }
}
