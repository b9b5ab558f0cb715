import MobileNet
import Reports

/// Explanations of one target, as text and JSON.
public struct ExplanationReport {
  /// An explanation with its curves.
  public struct Entry: Sendable {
    /// The explanation.
    public let explanation: Explanation
    let curves: DeletionInsertion?

    /// Reports `explanation`; `curves` measure its faithfulness.
    public init(_ explanation: Explanation, curves: DeletionInsertion?) {
      self.explanation = explanation
      self.curves = curves
    }
  }

  private let image: String
  private let entries: [Entry]
  private let chance: DeletionInsertion?
  private let layers: [Layer]
  private let checkpoint: Checkpoint

  /// Reports `entries`, all of the same target in `image`, beside the curves of `chance`.
  public init(
    image: String, _ entries: [Entry], chance: DeletionInsertion?, layers: [Layer],
    checkpoint: Checkpoint
  ) {
    self.image = image
    self.entries = entries
    self.chance = chance
    self.layers = layers
    self.checkpoint = checkpoint
  }

  /// The target, a line per method, and the areas under the curves.
  public var text: String {
    guard let first = entries.first?.explanation else { return "" }
    var lines = ["\(first.target.text(layers, checkpoint)): \(number(first.value))"]
    for entry in entries {
      let (found, name) = (entry.explanation, entry.explanation.method.rawValue)
      lines.append("\(name) at \(place(of: found)): \(found.method.summary)")
      if let baseline = found.baseline {
        lines.append(
          "  the parts add up to \(number(found.sum)); the photo makes \(number(found.value)), a grey "
            + "picture \(number(baseline)), a difference of \(number(found.value - baseline))")
      }
    }
    guard let chance else { return lines.joined(separator: "\n") }
    lines += ["", "areas under the curves    deletion  insertion"]
    for entry in entries {
      guard let curves = entry.curves else { continue }
      lines.append(line(entry.explanation.method.rawValue, curves))
    }
    lines += [
      line("chance", chance), "",
      "Squares are greyed out, or uncovered, the most important first. The better explanation has "
        + "the smaller area under deletion and the larger one under insertion.",
    ]
    return lines.joined(separator: "\n")
  }

  private func line(_ name: String, _ curves: DeletionInsertion) -> String {
    name.padded(right: 24) + NumberText.fixed(curves.deletionArea, 4).padded(left: 10)
      + NumberText.fixed(curves.insertionArea, 4).padded(left: 11)
  }

  private func number(_ value: Double) -> String { NumberText.fixed(value, 4) }

  private func place(of explanation: Explanation) -> String {
    explanation.position.map { layers[$0].name } ?? "the input"
  }

  /// The report as JSON, for scripts: an object with an array of explanations.
  public var json: JSONReport {
    let rows = entries.map { entry in
      Row(
        method: entry.explanation.method.rawValue,
        at: entry.explanation.position.map { layers[$0].name } ?? "input",
        shape: [
          entry.explanation.values.shape.height, entry.explanation.values.shape.width,
          entry.explanation.values.shape.channels,
        ], sum: entry.explanation.sum, value: entry.explanation.value,
        baseline: entry.explanation.baseline, curves: entry.curves.map(Curves.init))
    }
    let target = entries.first?.explanation.target
    return JSONReport(
      Whole(
        image: image, target: target.map { EncodedTarget($0, layers, checkpoint) },
        explanations: rows, chance: chance.map(Curves.init)))
  }

  private struct Whole: Encodable {
    let image: String
    let target: EncodedTarget?
    let explanations: [Row]
    let chance: Curves?
  }

  private struct Row: Encodable {
    let method, at: String
    let shape: [Int]
    let sum, value: Double
    let baseline: Double?
    let curves: Curves?
  }

  private struct Curves: Encodable {
    let deletionArea, insertionArea: Double
    let deletion, insertion: [Double]

    init(_ curves: DeletionInsertion) {
      deletionArea = curves.deletionArea
      insertionArea = curves.insertionArea
      deletion = curves.deletion
      insertion = curves.insertion
    }
  }
}

/// A target as scripts read it.
private struct EncodedTarget: Encodable {
  let text: String
  var `class`, against, channel, row, column: Int?
  var label, layer, measure: String?

  init(_ target: Target, _ layers: [Layer], _ checkpoint: Checkpoint) {
    text = target.text(layers, checkpoint)
    switch target {
    case .logit(let index, let isCentred):
      (self.class, label) = (index, checkpoint.label(index))
      measure = isCentred ? "logit less the mean of all classes" : "logit"
    case .logProbability(let index):
      (self.class, label) = (index, checkpoint.label(index))
      measure = "logarithm of the probability"
    case .difference(let index, let other):
      (self.class, label, against) = (index, checkpoint.label(index), other)
      measure = "difference of logits"
    case .channelMean(let position, let channel):
      (layer, self.channel, measure) = (layers[position].name, channel, "mean")
    case .channelMaximum(let position, let channel):
      (layer, self.channel, measure) = (layers[position].name, channel, "maximum")
    case .value(let position, let row, let column, let channel):
      (layer, self.channel, measure) = (layers[position].name, channel, "value")
      (self.row, self.column) = (row, column)
    }
  }
}

extension Target {
  /// Returns the target in words, with `checkpoint`'s names of classes.
  public func text(_ layers: [Layer], _ checkpoint: Checkpoint) -> String {
    func name(_ index: Int) -> String { checkpoint.shortLabel(index) }
    return switch self {
    case .logit(let index, true): "\(name(index)), its logit less the mean of all classes"
    case .logit(let index, false): "\(name(index)), its logit"
    case .logProbability(let index): "\(name(index)), the logarithm of its probability"
    case .difference(let index, let other): "\(name(index)) rather than \(name(other))"
    case .channelMean(let layer, let channel):
      "channel \(channel) of \(layers[layer].name), its mean"
    case .channelMaximum(let layer, let channel):
      "channel \(channel) of \(layers[layer].name), its largest value"
    case .value(let layer, let row, let column, let channel):
      "channel \(channel) of \(layers[layer].name) in row \(row), column \(column)"
    }
  }
}
