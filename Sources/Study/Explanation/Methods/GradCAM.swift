import Tensors

extension Explainer.Work {
  /// Returns the sum of the layer's channels, each weighted by its mean gradient.
  ///
  /// Sums below zero speak against the target and are set to zero: Selvaraju and others 2017,
  /// equations 1 and 2.
  func gradCAM() throws(ExplanationError) -> Tensor {
    let gradient = try gradient(at: explainer.trace)
    let shape = gradient.shape
    let weights = (0..<shape.channels).map { gradient.plane($0).statistics.mean }
    let map = values(of: explainer.trace).withUnsafeBufferPointer { values in
      (0..<shape.places).map { place in
        let sum = weights.indices.reduce(0.0) {
          $0 + weights[$1] * Double(values[place * shape.channels + $1])
        }
        return Float(max(0, sum))
      }
    }
    return Tensor(shape: Shape(height: shape.height, width: shape.width, channels: 1), values: map)
  }
}
