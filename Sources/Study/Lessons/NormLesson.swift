import MobileNet
import Reports
import Tensors

/// A lesson on the folding of a layer's batch norm into its weights and biases.
public struct NormLesson: Lesson {
  /// The sentences.
  public let script: LessonScript
  /// The layer that has the channel.
  public let layer: Layer
  /// The channel.
  public let channel: Int
  /// γ, the scale after normalising.
  public let gamma: Double
  /// β, the shift after normalising.
  public let beta: Double
  /// μ, the mean of the channel's sums.
  public let mean: Double
  /// σ², the variance of the channel's sums.
  public let variance: Double
  /// ε, which keeps the divisor from being zero.
  public let epsilon: Double
  /// The bias of the convolution itself.
  public let bias: Double
  /// The channel's weights before folding, in the order of `LayerWeights`.
  public let unfolded: [Float]
  /// The channel's weights in the checkpoint, in the same order.
  public let folded: [Float]
  /// The channel's bias in the checkpoint.
  public let foldedBias: Float
  /// Whether the batch norm is an example, one of many that lead to the checkpoint's weights,
  /// because the file had them folded already.
  public let isExample: Bool

  /// The names of the colours that the first layer reads.
  private let colors: [String]
  private let place: (row: Int, column: Int)
  private let terms: [Term]
  private let savings: (parameters: Int, multiplyAdds: Int)

  /// Explains the batch norm of `channel` of the layer at `position`, which has an activation
  /// function, with the value in row `row` and column `column`.
  ///
  /// `trace` is a run of a network with `checkpoint`, and `sums` are the layer's sums before its
  /// activation function. Returns nil without weights.
  public init?(
    _ trace: Trace, checkpoint: Checkpoint, position: Int, row: Int, column: Int, channel: Int,
    sums: Tensor, script: LessonScript
  ) {
    let layer = trace.layers[position]
    guard let weights = checkpoint.weights(of: layer) else { return nil }
    self.script = script
    self.layer = layer
    self.channel = channel
    colors = checkpoint.preprocessing.colorNames
    folded = Array(weights.weights(of: channel))
    foldedBias = weights.biases[channel]
    if let norm = checkpoint.unfolded(layer) {
      isExample = false
      (gamma, beta) = (norm.gammas[channel], norm.betas[channel])
      (mean, variance) = (norm.means[channel], norm.variances[channel])
      epsilon = norm.epsilon
      bias = Double(norm.convolution.biases[channel])
      unfolded = Array(norm.convolution.weights(of: channel))
    } else {
      // Twice the weights make twice the sums. γ and β are chosen so that batch norm restores the
      // sums of the folded network, and folding leads back to the file's weights.
      isExample = true
      let shift = Double(foldedBias)
      let sums = sums.plane(channel).values.map { 2 * (Double($0) - shift) }
      let mean = sums.reduce(0, +) / Double(sums.count)
      variance = sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(sums.count)
      epsilon = 1e-5
      gamma = (variance + epsilon).squareRoot() / 2
      beta = shift + mean / 2
      self.mean = mean
      bias = 0
      unfolded = folded.map { 2 * $0 }
    }
    let source = TermSource(
      layer: layer, input: trace.input(at: position), weights: weights)
    terms = source.terms(row: row, column: column, channel: channel)
    place = (row, column)
    let normed = trace.layers.filter(\.isActivated)
    savings = (
      3 * normed.reduce(0) { $0 + $1.output.channels }, normed.reduce(0) { $0 + $1.output.count }
    )
  }

  /// The factor of folding, γ / √(σ² + ε).
  public var factor: Double { gamma / (variance + epsilon).squareRoot() }

  /// The sum of the convolution before batch norm.
  public var sum: Double {
    terms.reduce(bias) { sum, term in
      sum + Double(term.value) * Double(term.weightIndex.map { unfolded[$0] } ?? 0)
    }
  }

  /// The sum after batch norm.
  public var normed: Double { (sum - mean) * factor + beta }

  /// The sum with the folded weights and bias.
  public var foldedSum: Double { terms.reduce(Double(foldedBias)) { $0 + $1.amount } }

  /// The facts that the script's sentences can use.
  public var facts: Facts {
    var facts = Facts()
    facts.set("layer", layer.name)
    facts.set("row", "\(place.row)")
    facts.set("column", "\(place.column)")
    facts.set("channel", "\(channel)")
    facts.flag("example", isExample)
    facts.flag("stated", !isExample)
    facts.set("gamma", number(gamma))
    facts.set("beta", number(beta))
    facts.set("mean", number(mean))
    facts.set("variance", number(variance))
    // Four decimals would make it zero.
    facts.set("epsilon", NumberText.value(Float(epsilon)))
    facts.set("bias", number(bias))
    facts.set("factor", number(factor))
    facts.set("sum", number(sum))
    facts.set("saved-parameters", NumberText.grouped(savings.parameters))
    facts.set("saved-multiply-adds", NumberText.grouped(savings.multiplyAdds))
    setComparisons(of: &facts)
    facts.charts["norm"] = numbers
    facts.charts["weights-before"] = weightChart("weights-before", unfolded)
    facts.charts["weights-folded"] = weightChart("weights-folded", folded)
    return facts
  }

  /// Sets the facts that compare a folded weight, the bias and a value with those of the
  /// checkpoint.
  private func setComparisons(of facts: inout Facts) {
    let first = terms.first?.weightIndex ?? 0
    let weight = Double(unfolded[first])
    facts.set("weight-before", number(weight))
    facts.set("weight-place", verbatim: place(of: first, form: "weight"))
    let moved = (bias - mean) * factor
    let comparisons = [
      ("weight", weight * factor, Double(folded[first]), Double(folded[first]).magnitude),
      ("bias", beta + moved, Double(foldedBias), max(beta.magnitude, moved.magnitude)),
      ("value", normed, foldedSum, terms.reduce(1) { $0 + $1.amount.magnitude }),
    ]
    for (name, computed, there, size) in comparisons {
      let digits = CommonDigits.count(computed, there, size: size)
      let shown = min(digits ?? 4, 6)
      facts.set("\(name)-computed", NumberText.fixed(computed, shown))
      facts.set("\(name)-there", NumberText.fixed(there, shown))
      facts.flag("\(name)-agrees", digits != nil)
      facts.flag("\(name)-differs", digits == nil)
    }
  }

  /// The chart of γ, β, μ, σ² and the bias.
  private var numbers: Facts.ChartFact {
    Facts.ChartFact(
      title: isExample ? "norm-example" : "norm",
      rows: [("γ", gamma), ("β", beta), ("μ", mean), ("σ²", variance), ("b", bias)].map {
        (.text($0.0), $0.1, number($0.1))
      })
  }

  /// Returns the chart of the largest weights, to the same scale before and after folding.
  private func weightChart(_ title: String, _ weights: [Float]) -> Facts.ChartFact {
    let largest = folded.indices
      .sorted { (folded[$1].magnitude, $0) < (folded[$0].magnitude, $1) }.prefix(9)
    let shown = folded.count > 9 ? Array(largest) : Array(folded.indices)
    return Facts.ChartFact(
      title: title,
      rows: shown.map {
        (
          .verbatim(place(of: $0, form: "short")), Double(weights[$0]),
          number(Double(weights[$0]))
        )
      },
      reach: shown.map { Double(max(folded[$0].magnitude, unfolded[$0].magnitude)) }.max())
  }

  /// Returns the place that a weight of the channel reads, in the form "weight" or "short".
  private func place(of index: Int, form: String) -> String {
    let channels = layer.kind == .convolution ? layer.input.channels : 1
    let isWindow = layer.kernelSide == 3
    let tap = index / channels
    var facts = Facts()
    facts.set("weight-row", isWindow ? "\(tap / 3)" : nil)
    facts.set("weight-column", isWindow ? "\(tap % 3)" : nil)
    facts.set("weight-channel", "\(isWindow ? index % channels : index)")
    let color = layer.kind == .convolution ? colors[index % channels] : nil
    facts.set("weight-color", color.map { script.words.word("color-\($0)") })
    return script.words.word("\(form)-\(layer.kind.rawValue)", facts: facts)
  }

  private func number(_ value: Double) -> String { NumberText.fixed(value, 4) }
}
