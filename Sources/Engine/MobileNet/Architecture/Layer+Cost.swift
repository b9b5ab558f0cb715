/// What a layer costs, as the paper counts it (section 3.1): biases count as parameters, and
/// padded places count as multiply-adds.
extension Layer {
  /// The weights of one output value.
  public var weightsPerOutput: Int { operation.rules.weightsPerOutput(input) }

  /// The weights and biases, batch norm folded.
  public var parameters: Int {
    weightsPerOutput == 0 ? 0 : (weightsPerOutput + 1) * output.channels
  }

  /// The multiplications that are followed by an addition; pooling and softmax have none.
  public var multiplyAdds: Int { weightsPerOutput * output.count }
}

extension [Layer] {
  /// The parameters of all layers.
  public var parameters: Int { reduce(0) { $0 + $1.parameters } }

  /// The multiply-adds of all layers.
  public var multiplyAdds: Int { reduce(0) { $0 + $1.multiplyAdds } }
}
