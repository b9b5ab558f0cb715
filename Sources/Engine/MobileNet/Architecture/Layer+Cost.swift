/// A layer's cost, counted as in the paper (section 3.1): biases count as parameters, and padded
/// places count as multiply-adds.
extension Layer {
  /// The number of weights behind one output value.
  public var weightsPerOutput: Int { operation.rules.weightsPerOutput(input) }

  /// The number of weights and biases, with batch norm folded.
  public var parameters: Int {
    weightsPerOutput == 0 ? 0 : (weightsPerOutput + 1) * output.channels
  }

  /// The number of multiplications followed by an addition; pooling and softmax have none.
  public var multiplyAdds: Int { weightsPerOutput * output.count }
}

extension [Layer] {
  /// The number of parameters of all layers.
  public var parameters: Int { reduce(0) { $0 + $1.parameters } }

  /// The number of multiply-adds of all layers.
  public var multiplyAdds: Int { reduce(0) { $0 + $1.multiplyAdds } }
}
