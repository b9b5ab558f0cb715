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

  /// Finds the pair that the layer at `position` belongs to; nil if there is none.
  public init?(_ layers: [Layer], position: Int) {
    guard layers.indices.contains(position) else { return nil }
    let first = layers[position].kind == .pointwise ? position - 1 : position
    guard layers.indices.contains(first), layers[first].kind == .depthwise else { return nil }
    depthwise = layers[first]
    pointwise = layers[first + 1]
  }

  /// M, the number of input channels.
  public var inputs: Int { depthwise.input.channels }
  /// N, the number of output channels.
  public var outputs: Int { pointwise.output.channels }
  /// F, the side of the output, which has F·F places.
  public var side: Resolution {
    Resolution(height: pointwise.output.height, width: pointwise.output.width)
  }

  /// The number of weights and biases of the standard convolution.
  public var standardParameters: Int { (9 * inputs + 1) * outputs }
  /// The number of multiply-adds of the standard convolution.
  public var standardMultiplyAdds: Int { 9 * inputs * pointwise.output.count }
  /// The number of weights and biases of the pair.
  public var parameters: Int { depthwise.parameters + pointwise.parameters }
  /// The number of multiply-adds of the pair.
  public var multiplyAdds: Int { depthwise.multiplyAdds + pointwise.multiplyAdds }
  /// 1/N + 1/9: the cost of the pair relative to the standard convolution.
  public var predictedRatio: Double { 1 / Double(outputs) + 1 / 9 }

  /// `3·3·M·N·F·F` with this layer's numbers.
  public var standardFormula: String {
    "3·3·M·N·F·F = 3·3·\(inputs)·\(outputs)·\(side.height)·\(side.width) = "
      + NumberText.grouped(standardMultiplyAdds)
  }

  /// `3·3·M·F·F + M·N·F·F` with this layer's numbers.
  public var pairFormula: String {
    "3·3·M·F·F + M·N·F·F = \(NumberText.grouped(depthwise.multiplyAdds)) + "
      + "\(NumberText.grouped(pointwise.multiplyAdds)) = \(NumberText.grouped(multiplyAdds))"
  }

  /// `(3·3·M + 1)·N` with this layer's numbers.
  public var standardParameterFormula: String {
    "(3·3·M + 1)·N = (3·3·\(inputs) + 1)·\(outputs) = \(NumberText.grouped(standardParameters))"
  }

  /// `(3·3 + 1)·M + (M + 1)·N` with this layer's numbers.
  public var pairParameterFormula: String {
    "(3·3 + 1)·M + (M + 1)·N = \(NumberText.grouped(depthwise.parameters)) + "
      + "\(NumberText.grouped(pointwise.parameters)) = \(NumberText.grouped(parameters))"
  }
}
