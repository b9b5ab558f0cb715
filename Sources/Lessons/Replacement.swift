import MobileNet
import Reports

/// A depthwise and a pointwise layer, and the standard 3×3 convolution that they replace.
///
/// Howard et al., "MobileNets", 2017, section 3.1: M input channels, N output channels, an output
/// of F × F places.
public struct Replacement: Equatable, Sendable {
  /// The first layer of the pair.
  public let depthwise: Layer
  /// The second layer of the pair.
  public let pointwise: Layer

  /// The pair that the layer at `position` belongs to; nil if it belongs to none.
  public init?(_ layers: [Layer], position: Int) {
    guard layers.indices.contains(position) else { return nil }
    let first = layers[position].kind == .pointwise ? position - 1 : position
    guard layers.indices.contains(first), layers[first].kind == .depthwise else { return nil }
    depthwise = layers[first]
    pointwise = layers[first + 1]
  }

  private var inputs: Int { depthwise.input.channels }
  private var outputs: Int { pointwise.output.channels }
  private var side: Int { pointwise.output.height }

  /// The weights and biases of the standard convolution.
  public var standardParameters: Int { (9 * inputs + 1) * outputs }
  /// The multiply-adds of the standard convolution.
  public var standardMultiplyAdds: Int { 9 * inputs * pointwise.output.count }
  /// The weights and biases of the pair.
  public var parameters: Int { depthwise.parameters + pointwise.parameters }
  /// The multiply-adds of the pair.
  public var multiplyAdds: Int { depthwise.multiplyAdds + pointwise.multiplyAdds }
  /// 1/N + 1/9: what the pair should cost of the standard convolution.
  public var predictedRatio: Double { 1 / Double(outputs) + 1 / 9 }

  /// The questions and answers; `measured` holds both times once they are known.
  public func steps(measured: ReplacementTimes?) -> [Step] {
    [
      Step(
        .question,
        "One standard 3×3 convolution could stand in place of \(depthwise.name) and "
          + "\(pointwise.name). How many multiply-adds would it need?"),
      Step(
        .answer,
        "Every output channel reads every input channel through a window of its own: "
          + standardFormula),
      Step(.question, "And the two layers together?"),
      Step(.answer, "First a window for each channel, then a mixture of channels: " + pairFormula),
      Step(
        .answer,
        "The ratio is 1/N + 1/9 = 1/\(outputs) + 1/9 = \(NumberText.fixed(predictedRatio, 4)): "
          + "about an eighth to a ninth, whatever the size of the picture."),
      Step(.question, "Is it that much faster on this machine?"),
      Step(.answer, measured.map { text(of: $0) } ?? "Measuring …"),
    ]
  }

  /// `3·3·M·N·F·F` with this layer's numbers.
  public var standardFormula: String {
    "3·3·M·N·F·F = 3·3·\(inputs)·\(outputs)·\(side)·\(side) = "
      + NumberText.grouped(standardMultiplyAdds)
  }

  /// `3·3·M·F·F + M·N·F·F` with this layer's numbers.
  public var pairFormula: String {
    "3·3·M·F·F + M·N·F·F = \(NumberText.grouped(depthwise.multiplyAdds)) + "
      + "\(NumberText.grouped(pointwise.multiplyAdds)) = \(NumberText.grouped(multiplyAdds))"
  }

  private func text(of times: ReplacementTimes) -> String {
    let ratio = times.separable / times.standard
    return "Both were run in turns on the same threads, with kernels of the same quality: "
      + "\(NumberText.fixed(times.separable, 3)) ms against "
      + "\(NumberText.fixed(times.standard, 3)) ms, a ratio of \(NumberText.fixed(ratio, 4)) "
      + "where \(NumberText.fixed(predictedRatio, 4)) was predicted."
  }
}
