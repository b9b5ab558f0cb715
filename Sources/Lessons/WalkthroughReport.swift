import MobileNet
import Reports

/// A walkthrough for reading: as text, and as JSON for scripts.
public struct WalkthroughReport {
  private let walkthrough: Walkthrough
  private let label: @Sendable (Int) -> String

  /// Reports `walkthrough`, naming classes as `checkpoint` does.
  public init(_ walkthrough: Walkthrough, checkpoint: Checkpoint) {
    self.walkthrough = walkthrough
    label = { checkpoint.label($0) }
  }

  /// The value, every term with the sum so far, bias, activation, and the recorded value.
  public var text: String {
    let all = walkthrough
    var lines = [title, ""]
    lines += table(all.terms)
    lines.append("")
    let sum = all.number(all.terms.last?.sum ?? 0)
    let bias = all.bias.map { " + bias \(all.number(Double($0))) = \(all.number(all.sum))" } ?? ""
    lines.append("sum of \(NumberText.grouped(all.terms.count)) terms \(sum)" + bias)
    if let text = all.endingText { lines.append(text) }
    lines.append(all.recordedText)
    return lines.joined(separator: "\n")
  }

  private var title: String {
    let layer = walkthrough.layer
    let channel = walkthrough.channel
    let name = isClass ? "class \(channel), \(label(channel))" : "channel \(channel)"
    guard layer.output.places > 1 else { return "\(layer.name), \(layer.kind.rawValue): \(name)" }
    return "\(layer.name), \(layer.kind.rawValue): row \(walkthrough.row), "
      + "column \(walkthrough.column), \(name)"
  }

  private var isClass: Bool {
    walkthrough.layer.kind == .fullyConnected || walkthrough.layer.kind == .softmax
  }

  /// The terms in columns that are as wide as their widest entry.
  private func table(_ terms: [Term]) -> [String] {
    let rows = terms.map { term in
      (
        place: walkthrough.place(of: term), product: walkthrough.product(of: term),
        sum: walkthrough.number(term.sum)
      )
    }
    let place = rows.map(\.place.count).max() ?? 0
    let product = rows.map(\.product.count).max() ?? 0
    let sum = rows.map(\.sum.count).max() ?? 0
    return rows.map {
      "\($0.place.padded(right: place))  \($0.product.padded(left: product))  "
        + "sum \($0.sum.padded(left: sum))"
    }
  }

  /// The same for scripts.
  public var json: JSONReport { JSONReport(Encoded(walkthrough)) }

  private struct Encoded: Encodable {
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
}
