import MobileNet
import Reports
import Tensors

/// How the batch norm that a layer was trained with became part of its weights and biases.
public struct NormLesson: Lesson {
  /// The sentences.
  public let script: LessonScript
  /// The layer.
  public let layer: Layer
  /// The channel.
  public let channel: Int
  /// γ.
  public let gamma: Double
  /// β.
  public let beta: Double
  /// μ.
  public let mean: Double
  /// σ².
  public let variance: Double
  /// ε.
  public let epsilon: Double
  /// The bias of the convolution itself.
  public let bias: Double
  /// The channel's weights before folding, in the order of `LayerWeights`.
  public let unfolded: [Float]
  /// The channel's weights that the checkpoint has, in the same order.
  public let folded: [Float]
  /// The channel's bias that the checkpoint has.
  public let foldedBias: Float
  /// Whether the batch norm is one of many that lead to the checkpoint's weights, because its file
  /// had them folded already.
  public let isExample: Bool

  private let place: (row: Int, column: Int)
  private let terms: [Term]
  private let savings: (parameters: Int, multiplyAdds: Int)

  /// Explains the batch norm of `channel` of the layer at `position`, which has an activation
  /// function, with the value in row `row` and column `column`.
  ///
  /// `trace` is a run of a network with `checkpoint`, and `sums` what the layer made before its
  /// activation function. Nil without weights.
  public init?(
    _ trace: Trace, checkpoint: Checkpoint, position: Int, row: Int, column: Int, channel: Int,
    sums: Tensor, script: LessonScript
  ) {
    let layer = trace.layers[position]
    guard let weights = checkpoint.weights(of: layer) else { return nil }
    self.script = script
    self.layer = layer
    self.channel = channel
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
      // Weights twice as large make sums twice as large. If γ and β are such that the batch norm
      // gives every sum the size it has in the folded network, folding leads back to the file.
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

  /// γ / √(σ² + ε).
  public var factor: Double { gamma / (variance + epsilon).squareRoot() }

  /// What the convolution makes of the input before batch norm.
  public var sum: Double {
    terms.reduce(bias) { sum, term in
      sum + Double(term.value) * Double(term.weightIndex.map { unfolded[$0] } ?? 0)
    }
  }

  /// What batch norm makes of it.
  public var normed: Double { (sum - mean) * factor + beta }

  /// What the folded weights and bias make of the input.
  public var foldedSum: Double { terms.reduce(Double(foldedBias)) { $0 + $1.amount } }

  /// The names that its sentences can use.
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
    // Four digits would make it zero.
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

  /// What folding makes of a weight, of the bias and of a value, and whether that is what there is.
  private func setComparisons(of facts: inout Facts) {
    let first = terms.first?.weightIndex ?? 0
    let weight = Double(unfolded[first])
    facts.set("weight-before", number(weight))
    facts.values["weight-place"] = .text(place(of: first, form: "weight"))
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

  /// γ, β, μ, σ² and the bias.
  private var numbers: Facts.ChartFact {
    Facts.ChartFact(
      title: isExample ? "norm-example" : "norm",
      rows: [("γ", gamma), ("β", beta), ("μ", mean), ("σ²", variance), ("b", bias)].map {
        (.text($0.0), $0.1, number($0.1))
      })
  }

  /// The largest weights, drawn to the same scale before and after folding.
  private func weightChart(_ title: String, _ weights: [Float]) -> Facts.ChartFact {
    let largest = folded.indices
      .sorted { (folded[$1].magnitude, $0) < (folded[$0].magnitude, $1) }.prefix(9)
    let shown = folded.count > 9 ? Array(largest) : Array(folded.indices)
    return Facts.ChartFact(
      title: title,
      rows: shown.map {
        (
          .text(place(of: $0, form: "short")), Double(weights[$0]), number(Double(weights[$0]))
        )
      },
      reach: shown.map { Double(max(folded[$0].magnitude, unfolded[$0].magnitude)) }.max())
  }

  /// What a weight of the channel reads, in the long or in the short form.
  private func place(of index: Int, form: String) -> String {
    let channels = layer.kind == .convolution ? layer.input.channels : 1
    let isWindow = layer.kernelSide == 3
    let tap = index / channels
    var facts = Facts()
    facts.set("weight-row", isWindow ? "\(tap / 3)" : nil)
    facts.set("weight-column", isWindow ? "\(tap % 3)" : nil)
    facts.set("weight-channel", "\(isWindow ? index % channels : index)")
    return script.words.word("\(form)-\(layer.kind.rawValue)", facts: facts)
  }

  private func number(_ value: Double) -> String { NumberText.fixed(value, 4) }
}
