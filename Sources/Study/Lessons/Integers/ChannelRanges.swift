import MobileNet
import Reports
import Tensors

/// The ranges of the weights in a layer's channels, and the effect of one scale for all of them.
struct ChannelRanges: Sendable {
  /// The largest magnitude among each channel's weights.
  private let reaches: [Float]
  /// The channel with the widest range, and the one with the narrowest among those whose output
  /// varies on this photo.
  private let wide: Int, narrow: Int
  private let weights: [Float]
  private let tensorNumbers: [Int], channelNumbers: [Int]
  private let tensorScale: Float, channelScale: Float

  /// Compares the channels of `layer`, which has `weights` in floats and made `output`.
  init(_ weights: LayerWeights, of output: Tensor, layer: Layer, _ runs: IntegerRuns) {
    let reaches = weights.biases.indices.map { channel in
      weights.weights(of: channel).reduce(Float(0)) { max($0, $1.magnitude) }
    }
    let alive = reaches.indices.filter { channel in
      let values = output.plane(channel).values
      return (values.max() ?? 0) > (values.min() ?? 0) && reaches[channel] > 0
    }
    let wide = reaches.indices.max { reaches[$0] < reaches[$1] } ?? 0
    let narrow = alive.min { reaches[$0] < reaches[$1] } ?? wide
    func numbers(_ run: IntegerRuns.Run) -> ([Int], Float) {
      guard let own = run.weights.layers[layer.name] else { return ([], 0) }
      let count = layer.weightsPerOutput
      return (own.weights[narrow * count..<(narrow + 1) * count].map { Int($0) }, own.scale(narrow))
    }
    self.reaches = reaches
    (self.wide, self.narrow) = (wide, narrow)
    self.weights = Array(weights.weights(of: narrow))
    (tensorNumbers, tensorScale) = numbers(runs.perTensor)
    (channelNumbers, channelScale) = numbers(runs.perChannel)
  }

  /// Sets the facts on the ranges.
  func set(_ facts: inout Facts) {
    facts.set("channels", "\(reaches.count)")
    facts.set("wide-channel", "\(wide)")
    facts.set("narrow-channel", "\(narrow)")
    facts.set("wide-range", NumberText.value(reaches[wide]))
    facts.set("narrow-range", NumberText.value(reaches[narrow]))
    let ratio = Double(reaches[wide]) / Double(max(reaches[narrow], .leastNormalMagnitude))
    let isShort = 10..<1e15 ~= ratio
    facts.set("ratio", isShort ? NumberText.grouped(Int(ratio)) : NumberText.fixed(ratio, 1))
    facts.set("tensor-scale", NumberText.value(tensorScale))
    facts.set("channel-scale", NumberText.value(channelScale))
    facts.set("tensor-numbers", text(tensorNumbers))
    facts.set("channel-numbers", text(channelNumbers))
    facts.set("tensor-left", "\(tensorNumbers.count { $0 != 0 })")
    facts.set("narrow-weights", "\(weights.count)")
    facts.charts["ranges"] = ranges
    facts.charts["float-weights"] = chart("float-weights", weights)
    facts.charts["tensor-weights"] = chart(
      "tensor-weights", tensorNumbers.map { Float($0) * tensorScale })
    facts.charts["channel-weights"] = chart(
      "channel-weights", channelNumbers.map { Float($0) * channelScale })
  }

  private func text(_ numbers: [Int]) -> String {
    numbers.map { "\($0)" }.joined(separator: ", ")
  }

  /// The chart of up to nine channels, evenly spaced from the widest to the narrowest.
  private var ranges: Facts.ChartFact {
    let sorted = reaches.indices.sorted { (reaches[$1], $0) < (reaches[$0], $1) }
    let last = sorted.firstIndex(of: narrow) ?? sorted.count - 1
    let count = min(9, last + 1)
    let shown = (0..<count).map { sorted[count > 1 ? $0 * last / (count - 1) : 0] }
    return Facts.ChartFact(
      title: "ranges",
      rows: shown.map {
        (.text("\($0)"), Double(reaches[$0]), NumberText.value(reaches[$0]))
      }, lit: shown.firstIndex(of: narrow))
  }

  /// Returns the chart of the narrow channel's nine weights as reals; all such charts share a
  /// scale.
  private func chart(_ title: String, _ values: [Float]) -> Facts.ChartFact {
    let reach = (weights.map(\.magnitude).max() ?? 0) * 1.5
    return Facts.ChartFact(
      title: title,
      rows: values.enumerated().map { index, value in
        (.text("\(index / 3), \(index % 3)"), Double(value), NumberText.value(value))
      }, reach: Double(max(reach, tensorScale)))
  }
}
