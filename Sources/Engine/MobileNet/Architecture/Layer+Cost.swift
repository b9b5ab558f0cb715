/// What a layer costs, as the paper counts it (section 3.1): biases count as parameters, and
/// padded places count as multiply-adds.
extension Layer {
  /// The weights of one output value.
  public var weightsPerOutput: Int {
    switch kind {
    case .convolution: 9 * input.channels
    case .depthwise: 9
    case .pointwise, .fullyConnected: input.channels
    case .averagePooling, .softmax: 0
    }
  }

  /// The weights and biases, batch norm folded.
  public var parameters: Int {
    weightsPerOutput == 0 ? 0 : (weightsPerOutput + 1) * output.channels
  }

  /// The multiplications that are followed by an addition; pooling and softmax have none.
  public var multiplyAdds: Int { weightsPerOutput * output.count }
}
