import Kernels
import MobileNet
import Reports
import Tensors

/// A lesson on the computation of a depthwise layer, and one of its values, with numbers of eight
/// bits.
///
/// Jacob et al. 2018, section 2; Krishnamoorthi 2018, section 3.
public struct QuantizationLesson: Lesson {
  /// The sentences.
  public let script: LessonScript
  /// The layer that has the value.
  public let layer: Layer
  /// The value in floats.
  public let value: Float
  /// The steps by which the network with a scale per channel makes the number.
  public let made: Requantized
  /// The number that this network recorded.
  public let recorded: Int

  private let place: (row: Int, column: Int, channel: Int)
  private let runs: IntegerRuns
  private let checkpoint: Checkpoint
  private let own: Prediction?
  private let output: Quantization
  private let channels: ChannelRanges

  /// Explains `channel` in row `row` and column `column` of the depthwise layer at `position`.
  ///
  /// `trace` is a run of `checkpoint` in floats, and `runs` are those in integers. Returns nil for
  /// a layer without weights.
  public init?(
    _ trace: Trace, checkpoint: Checkpoint, position: Int, row: Int, column: Int, channel: Int,
    runs: IntegerRuns, script: LessonScript
  ) {
    let layer = trace.layers[position]
    guard let weights = checkpoint.weights(of: layer),
      let made = Requantized(
        runs.perChannel, position: position, row: row, column: column, channel: channel)
    else { return nil }
    self.script = script
    self.layer = layer
    self.made = made
    self.runs = runs
    self.checkpoint = checkpoint
    value = trace.output(at: position)[row, column, channel]
    let numbers = runs.perChannel.trace.output(at: position)
    recorded = numbers[row, column, channel]
    output = numbers.quantization
    place = (row, column, channel)
    own = trace.predictions(top: 1).first
    channels = ChannelRanges(weights, of: trace.output(at: position), layer: layer, runs)
  }

  /// The facts that the script's sentences can use.
  public var facts: Facts {
    var facts = Facts()
    facts.set("layer", layer.name)
    facts.set("row", "\(place.row)")
    facts.set("column", "\(place.column)")
    facts.set("channel", "\(place.channel)")
    setNumber(of: &facts)
    channels.set(&facts)
    setAnswers(of: &facts)
    setAccuracy(of: &facts)
    made.set(&facts)
    facts.set("recorded", "\(recorded)")
    facts.set("recorded-real", number(output.real(recorded)))
    facts.flag("agrees", made.number == recorded)
    facts.flag("differs", made.number != recorded)
    return facts
  }

  /// Sets the facts on one number on its way to a byte and back.
  private func setNumber(of facts: inout Facts) {
    let byte = output.number(value)
    let back = output.real(byte)
    facts.set("value", number(value))
    facts.set("lowest", number(output.reals.lowerBound))
    facts.set("highest", number(output.reals.upperBound))
    facts.set("scale", number(output.scale))
    facts.set("zero", "\(output.zeroPoint)")
    facts.set("quotient", NumberText.fixed(Double(value / output.scale), 2))
    facts.set("byte", "\(byte)")
    facts.set("back-formula", "\(number(output.scale)) · (\(byte) - \(signed(output.zeroPoint)))")
    facts.set("back", number(back))
    facts.set("error", number(abs(back - value)))
    facts.set("half-scale", number(output.scale / 2))
  }

  /// Sets the facts on the networks' answers.
  private func setAnswers(of facts: inout Facts) {
    let answers = [
      ("float", own), ("tensor", runs.perTensor.answer), ("channel", runs.perChannel.answer),
    ]
    facts.flag("classifier", own != nil)
    for (name, answer) in answers {
      facts.set("\(name)-class", answer.map { checkpoint.shortLabel($0.classIndex) })
      facts.set(
        "\(name)-percent",
        answer.map { NumberText.percent(Double($0.probability), digits: 1) })
    }
    facts.charts["answers"] = Facts.ChartFact(
      title: "answers",
      rows: zip(["floats", "per-tensor", "per-channel"], answers).compactMap {
        word, entry in
        entry.1.map {
          (
            .word(word), Double($0.probability),
            NumberText.percent(Double($0.probability), digits: 1) + " "
              + checkpoint.shortLabel($0.classIndex)
          )
        }
      }, reach: 1)
  }

  /// Their accuracy over many photos.
  private func setAccuracy(of facts: inout Facts) {
    let accuracy = runs.accuracy
    let rows = [
      ("float-right", "floats", accuracy?.floats),
      ("tensor-right", "per-tensor", accuracy?.perTensor),
      ("channel-right", "per-channel", accuracy?.perChannel),
    ]
    func text(_ percent: Double) -> String { NumberText.percent(percent / 100, digits: 1) }
    facts.flag("measured", accuracy != nil)
    facts.set("measured-side", accuracy.map { "\($0.resolution)" })
    for (name, _, percent) in rows { facts.set(name, percent.map(text)) }
    facts.charts["accuracy"] = Facts.ChartFact(
      title: "accuracy",
      rows: rows.compactMap { _, word, percent in
        percent.map { (.word(word), $0, text($0)) }
      }, reach: 100)
  }

  private func number(_ value: Float) -> String { NumberText.value(value) }

  private func signed(_ number: Int) -> String { number < 0 ? "(\(number))" : "\(number)" }
}
