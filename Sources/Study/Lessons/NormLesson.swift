import MobileNet
import Reports
import Tensors

/// How the batch norm that a layer was trained with became part of its weights and biases.
public struct NormLesson: Lesson {
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

  private let place: String
  private let terms: [Term]
  private let savings: (parameters: Int, multiplyAdds: Int)

  /// Explains the batch norm of `channel` of the layer at `position`, which has an activation
  /// function, with the value in row `row` and column `column`.
  ///
  /// `trace` is a run of a network with `checkpoint`, and `sums` what the layer made before its
  /// activation function. Nil without weights.
  public init?(
    _ trace: Trace, checkpoint: Checkpoint, position: Int, row: Int, column: Int, channel: Int,
    sums: Tensor
  ) {
    let layer = trace.layers[position]
    guard let weights = checkpoint.weights(of: layer) else { return nil }
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
    place = "row \(row), column \(column), channel \(channel)"
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

  /// The layer, and the value that it is explained with.
  public var title: String { "batch norm of \(layer.name): \(place)" }

  /// Questions and answers.
  public var steps: [Step] {
    let first = terms.first?.weightIndex ?? 0
    let weight = Double(unfolded[first])
    let charts = [numbers]
    return [
      Step(
        .question,
        "While \(layer.name) was trained, a batch norm stood behind it: of each sum x of a channel "
          + "it makes (x - μ) / √(σ² + ε) · γ + β. Where is it now?"),
      Step(.answer, origin, charts: charts),
      Step(.question, "By what does folding multiply the channel's weights?", charts: charts),
      Step(
        .answer,
        "γ / √(σ² + ε) = \(number(gamma)) / √(\(number(variance)) + \(small(epsilon))) = "
          + "\(number(factor)).", charts: charts),
      Step(
        .question, "The weight of \(name(of: first)) is \(number(weight)). What becomes of it?",
        charts: charts),
      Step(
        .answer,
        "\(number(weight)) · \(number(factor)) = "
          + agreement(weight * factor, Double(folded[first]), "the checkpoint has"),
        charts: charts + weightCharts),
      Step(.question, "And of the bias?", charts: charts + weightCharts),
      Step(
        .answer,
        "β + (b - μ) · \(number(factor)) = \(number(beta)) + (\(number(bias)) - \(number(mean))) · "
          + "\(number(factor)) = "
          + agreement(
            beta + (bias - mean) * factor, Double(foldedBias), "the checkpoint has",
            size: max(beta.magnitude, ((bias - mean) * factor).magnitude)),
        charts: charts + weightCharts),
      Step(
        .question, "Does the value at \(place) stay the same?", charts: charts + weightCharts),
      Step(
        .answer,
        "The convolution makes \(number(sum)), the batch norm (\(number(sum)) - \(number(mean))) · "
          + "\(number(factor)) + \(number(beta)) = "
          + agreement(
            normed, foldedSum, "the folded weights make",
            size: terms.reduce(1) { $0 + $1.amount.magnitude }),
        charts: charts + weightCharts),
      Step(.question, "What is saved in the whole network?", charts: charts + weightCharts),
      Step(
        .answer,
        "A bias instead of γ, β, μ and σ² for each channel: "
          + "\(NumberText.grouped(savings.parameters)) numbers; and a multiply-add for each value: "
          + "\(NumberText.grouped(savings.multiplyAdds)) for every photo.",
        charts: charts + weightCharts),
    ]
  }

  private var origin: String {
    let formula = "In the weights and biases: w' = w·γ/√(σ²+ε), b' = β + (b-μ)·γ/√(σ²+ε). "
    guard isExample else {
      return formula
        + "These are the numbers that the checkpoint's file has for channel \(channel)."
    }
    return formula
      + "This file had them folded already, and many batch norms lead to the same w' and b'. Here "
      + "is one: w twice w', and μ and σ² those of the sums that this photo makes."
  }

  /// γ, β, μ, σ² and the bias.
  private var numbers: Chart {
    Chart(
      isExample ? "a batch norm" : "its batch norm",
      [("γ", gamma), ("β", beta), ("μ", mean), ("σ²", variance), ("b", bias)].map {
        Chart.Row($0.0, $0.1, number($0.1))
      })
  }

  /// The largest weights before and after folding.
  private var weightCharts: [Chart] {
    let largest = folded.indices
      .sorted { (folded[$1].magnitude, $0) < (folded[$0].magnitude, $1) }.prefix(9)
    let shown = folded.count > 9 ? Array(largest) : Array(folded.indices)
    let reach = shown.map { Double(max(folded[$0].magnitude, unfolded[$0].magnitude)) }.max()
    func chart(_ title: String, _ weights: [Float]) -> Chart {
      Chart(
        title,
        shown.map { Chart.Row(place(of: $0), Double(weights[$0]), number(Double(weights[$0]))) },
        reach: reach)
    }
    return [chart("weights before", unfolded), chart("weights folded", folded)]
  }

  /// What a weight of the channel reads.
  private func name(of index: Int) -> String {
    switch layer.kind {
    case .convolution:
      let channels = layer.input.channels
      let (tap, color) = (index / channels, index % channels)
      return "row \(tap / 3), column \(tap % 3), colour \(color)"
    case .depthwise: return "row \(index / 3), column \(index % 3)"
    default: return "channel \(index)"
    }
  }

  /// The same, as short as a chart needs it.
  private func place(of index: Int) -> String {
    switch layer.kind {
    case .convolution:
      let tap = index / layer.input.channels
      return "\(tap / 3), \(tap % 3), colour \(index % layer.input.channels)"
    case .depthwise: return "\(index / 3), \(index % 3)"
    default: return "channel \(index)"
    }
  }

  private func number(_ value: Double) -> String { NumberText.fixed(value, 4) }

  /// A number that four digits would make zero.
  private func small(_ value: Double) -> String { NumberText.value(Float(value)) }

  /// What was computed, and whether it is what there is.
  private func agreement(
    _ computed: Double, _ there: Double, _ words: String, size: Double? = nil
  ) -> String {
    guard let digits = CommonDigits.count(computed, there, size: size ?? there.magnitude) else {
      return "\(number(computed)); \(words) \(number(there)), which is not the same."
    }
    let shown = min(digits, 6)
    return "\(NumberText.fixed(computed, shown)); \(words) \(NumberText.fixed(there, shown)): "
      + "the same number."
  }
}
