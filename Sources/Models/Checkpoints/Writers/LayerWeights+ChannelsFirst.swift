import MobileNet

extension LayerWeights {
  /// Returns the weights in the order of PyTorch and ONNX, with their shape: output channels ×
  /// input channels of a group × rows × columns, or output × input channels for a fully connected
  /// layer.
  func channelsFirst(of layer: Layer) -> (shape: [Int], values: [Float]) {
    let (outputs, side) = (biases.count, layer.kernelSide)
    let places = layer.kind == .fullyConnected ? 1 : side * side
    let inputs = weights.count / max(outputs * places, 1)
    if layer.kind == .fullyConnected { return ([outputs, inputs], weights) }
    guard places > 1, inputs > 1 else { return ([outputs, inputs, side, side], weights) }
    let values = weights.indices.map { index in
      let (output, rest) = index.quotientAndRemainder(dividingBy: inputs * places)
      let (input, place) = rest.quotientAndRemainder(dividingBy: places)
      return weights[(output * places + place) * inputs + input]
    }
    return ([outputs, inputs, side, side], values)
  }
}
