import Reports

extension Walkthrough {
  /// The lesson as text, with a table of all terms in place of the steps on single ones.
  public var text: String {
    let facts = facts
    var lines = [title]
    var hasTable = false
    for step in script.steps(of: facts) {
      switch step.part {
      case .terms where !hasTable:
        lines += [""] + table + ["", script.words.word("sum-line", facts: facts)]
        hasTable = true
      // The line below the table has the bias.
      case .terms: break
      case .bias where hasTable: break
      default: lines += step.lines
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The table of terms, its columns as wide as their widest entry.
  private var table: [String] {
    let places = terms.map { place(of: $0) }
    let products = terms.map { product(of: $0) }
    let sums = terms.map { script.words.number(number($0.sum)) }
    func widest(_ texts: [String]) -> Int { texts.map(\.count).max() ?? 0 }
    let sumWord = script.words.word("sum")
    let (left, middle, right) = (widest(places), widest(products), widest(sums))
    return terms.indices.map {
      "\(places[$0].padded(right: left))  \(products[$0].padded(left: middle))  "
        + "\(sumWord) \(sums[$0].padded(left: right))"
    }
  }

  /// The walkthrough as JSON, for scripts.
  public var json: JSONReport { JSONReport(EncodedWalkthrough(self)) }
}

/// A walkthrough as scripts read it.
private struct EncodedWalkthrough: Encodable {
  struct Row: Encodable {
    let row: Int
    let column: Int
    let channel: Int
    let value: Float
    let weight: Float?
    let amount: Double
    let sum: Double
  }
  let layer: String
  let kind: String
  let row: Int
  let column: Int
  let channel: Int
  let terms: [Row]
  let bias: Float?
  let sum: Double
  let result: Double
  let recorded: Float
  let agrees: Bool

  init(_ all: Walkthrough) {
    layer = all.layer.name
    kind = all.layer.kind.rawValue
    (row, column, channel) = (all.row, all.column, all.channel)
    terms = all.terms.map {
      Row(
        row: $0.row, column: $0.column, channel: $0.channel, value: $0.value, weight: $0.weight,
        amount: $0.amount, sum: $0.sum)
    }
    (bias, sum, result, recorded) = (all.bias, all.sum, all.result, all.recorded)
    agrees = all.commonDigits != nil
  }
}
