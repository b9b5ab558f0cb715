import MobileNet
import Reports

/// The loss of each layer of a network in other precisions, as text and as entries for JSON.
public struct LossReport: Sendable {
  private let checkpoint: Checkpoint
  private let layers: [Layer]
  private let runs: [(precision: Precision, run: PrecisionRun)]

  /// Reports `runs` of a network with `checkpoint`.
  public init(_ checkpoint: Checkpoint, _ runs: [(precision: Precision, run: PrecisionRun)]) {
    self.checkpoint = checkpoint
    layers = runs.first?.run.reals.layers ?? []
    self.runs = runs
  }

  /// A table for each precision, under its verdict.
  public var text: String {
    let tables = runs.map { precision, run in
      let header =
        " # layer         error     most clipped  at end  worst channel  answer from here"
      let rows = layers.indices.map { row($0, run) }
      return ([Self.verdict(precision, run, layers, checkpoint), header] + rows)
        .joined(separator: "\n")
    }
    return (tables + [Self.note.wrapped(to: 79).joined(separator: "\n")]).joined(separator: "\n\n")
  }

  private func row(_ position: Int, _ run: PrecisionRun) -> String {
    let (layer, loss) = (layers[position], run.losses[position])
    let worst = loss.channel.map {
      "\($0)".padded(left: 6) + " " + Self.share(loss.channelError).padded(left: 8)
    }
    let answer = run.answers[position].map { prediction in
      (prediction.classIndex == run.floatAnswer?.classIndex ? "= " : "≠ ")
        + NumberText.percent(Double(prediction.probability), digits: 1)
    }
    return "\(layer.index)".padded(left: 2) + " " + layer.name.padded(right: 11)
      + [loss.error, loss.largestError].map { Self.share($0).padded(left: 9) }.joined()
      + [loss.clipped, loss.saturated].map { Self.share($0).padded(left: 8) }.joined()
      + (worst ?? "").padded(right: 15).padded(left: 16) + "  " + (answer ?? "–")
  }

  /// Returns a sentence that tells whether the answer changes, and from which layer on.
  public static func verdict(
    _ precision: Precision, _ run: PrecisionRun, _ layers: [Layer], _ checkpoint: Checkpoint
  ) -> String {
    let name = precision.rawValue
    guard checkpoint.architecture.classes != nil else {
      return "\(name) beside float: no classifier"
    }
    guard let own = run.floatAnswer else {
      return "\(name) beside float, which has \(run.floatProblem ?? "no answer")"
    }
    guard let last = run.answers.last ?? nil else { return "\(name): \(run.reals.absence)" }
    func text(_ prediction: Prediction) -> String {
      "\(checkpoint.shortLabel(prediction.classIndex)) "
        + NumberText.percent(Double(prediction.probability), digits: 1)
    }
    guard let position = run.turningPoint else {
      return "\(name): the same answer as float, \(text(own)) → "
        + NumberText.percent(Double(last.probability), digits: 1)
    }
    let layer = layers[position]
    return "\(name): from \(layer.index) \(layer.name) on, \(text(own)) becomes \(text(last))"
  }

  /// Returns a share in percent; `<.01 %` if it is too small to be written, `inf %` for an error that
  /// has no end.
  public static func share(_ part: Double) -> String {
    part.isInfinite
      ? "inf %" : part > 0 && part < 0.00005 ? "<.01 %" : NumberText.percent(part, digits: 2)
  }

  private static let note =
    "error: the root of the mean squared difference to floats, relative to the range of the layer's "
    + "floats; most: the largest. clipped: floats beyond what the numbers reach; at end: numbers that are "
    + "the last one. answer from here: with this layer's numbers and floats behind them."

  /// The entries of the report in JSON.
  var entries: [Entry] {
    runs.map { precision, run in
      Entry(
        precision: precision, changesFrom: run.turningPoint.map { layers[$0].name },
        layers: layers.indices.map { position in
          let loss = run.losses[position]
          let answer = run.answers[position]
          return Entry.Line(
            layer: layers[position].name, error: loss.error, largestError: loss.largestError,
            clipped: loss.clipped, saturated: loss.saturated, worstChannel: loss.channel,
            worstChannelError: loss.channelError, answer: answer?.classIndex,
            probability: answer?.probability)
        })
    }
  }

  struct Entry: Encodable {
    struct Line: Encodable {
      let layer: String
      let error, largestError, clipped, saturated: Double
      let worstChannel: Int?
      let worstChannelError: Double
      let answer: Int?
      let probability: Float?
    }
    let precision: Precision
    let changesFrom: String?
    let layers: [Line]
  }
}
