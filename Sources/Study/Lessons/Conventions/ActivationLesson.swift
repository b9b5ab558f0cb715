import MobileNet
import Reports
import Tensors

/// A lesson on the effect of ReLU and ReLU6 on a layer's sums, and on the answer.
public struct ActivationLesson: ConventionLesson {
  /// The sentences.
  public let script: LessonScript
  /// The layer that has the value.
  public let layer: Layer
  /// The sum before the activation function.
  public let sum: Double
  /// The value that the network recorded after the activation function.
  public let recorded: Float
  /// The number of the layer's sums below zero.
  public let negative: Int
  /// The number of the layer's sums above 6.
  public let large: Int
  /// The largest sum of the layer.
  public let largest: Float

  private let place: (row: Int, column: Int, channel: Int)
  private let activation: Activation
  private let cut: CutValues?
  private let comparison: AnswerComparison

  /// Explains the activation of `channel` in row `row` and column `column` of the layer at
  /// `position`, which has an activation function.
  ///
  /// `trace` is a run of a network with `checkpoint`, `sums` the layer's sums before its activation
  /// function, and `other` the run with the other function, once that is computed.
  public init(
    _ trace: Trace, checkpoint: Checkpoint, position: Int, row: Int, column: Int, channel: Int,
    sums: Tensor, other: OtherRun?, script: LessonScript
  ) {
    self.script = script
    layer = trace.layers[position]
    sum = Double(sums[row, column, channel])
    recorded = trace.output(at: position)[row, column, channel]
    var (negative, large, largest) = (0, 0, -Float.infinity)
    sums.withUnsafeBufferPointer { values in
      for value in values {
        if value < 0 { negative += 1 }
        if value > Activation.relu6.ceiling { large += 1 }
        largest = max(largest, value)
      }
    }
    (self.negative, self.large, self.largest) = (negative, large, largest)
    place = (row, column, channel)
    activation = checkpoint.architecture.activation
    cut = other?.cutValues
    comparison = AnswerComparison(own: trace, other: other?.trace, checkpoint: checkpoint)
  }

  /// The facts that the script's sentences can use.
  public var facts: Facts {
    var facts = comparison.facts
    facts.set("layer", layer.name)
    facts.set("row", "\(place.row)")
    facts.set("column", "\(place.column)")
    facts.set("channel", "\(place.channel)")
    facts.set("sum", NumberText.fixed(sum, 4))
    facts.set("relu", made(by: .relu))
    facts.set("relu6", made(by: .relu6))
    facts.set("recorded", NumberText.fixed(Double(recorded), 4))
    facts.set("activation", activation.name)
    facts.set("other", (activation == .relu ? Activation.relu6 : .relu).name)
    facts.set("values", NumberText.grouped(layer.output.count))
    facts.set("negative", NumberText.grouped(negative))
    facts.set("negative-share", share(negative))
    facts.flag("cuts", negative > 0)
    facts.set("large", NumberText.grouped(large))
    facts.set("large-share", share(large))
    facts.set("largest", NumberText.fixed(Double(largest), 2))
    facts.charts["sums"] = sums
    facts.charts["cut"] = cutChart
    return facts
  }

  private func made(by activation: Activation) -> String {
    NumberText.fixed(min(max(sum, 0), Double(activation.ceiling)), 4)
  }

  private func share(_ part: Int) -> String {
    NumberText.percent(Double(part) / Double(max(layer.output.count, 1)), digits: 2)
  }

  /// The chart of the layer's sums in three ranges.
  private var sums: Facts.ChartFact {
    let passing = layer.output.count - negative - large
    return Facts.ChartFact(
      title: "sums",
      rows: [("below", negative), ("passing", passing), ("above", large)].map {
        (.word($0.0), Double($0.1), NumberText.grouped($0.1))
      })
  }

  /// The chart of the values that ReLU6 cuts off in every layer; without rows until the other run
  /// is computed.
  private var cutChart: Facts.ChartFact {
    guard let cut else { return Facts.ChartFact(title: "cut", rows: []) }
    return Facts.ChartFact(
      title: "cut",
      rows: cut.layers.indices.map {
        (
          .text(cut.layers[$0].name), cut.share($0), NumberText.percent(cut.share($0), digits: 2)
        )
      }, lit: cut.layers.firstIndex(of: layer))
  }
}
