import MobileNet
import Tensors

extension Explainer.Work {
  /// Returns the mean gradient on the straight line from the values of a grey picture to those of
  /// the photo, times their difference (Sundararajan, Taly and Yan 2017, section 3).
  ///
  /// The attributions add up to the difference between the target's values for the two pictures, up
  /// to the error of a sum over steps. Grey is zero in the prepared input: the mean colour of the
  /// training set.
  func integrated(
    _ progress: Progress
  ) throws(ExplanationError) -> (values: Tensor?, baseline: Double) {
    let grey = network.run(Tensor.zeros(network.inputShape))
    let (first, end) = (values(of: grey).values, values(of: explainer.trace).values)
    let shape = values(of: explainer.trace).shape
    var sum = [Float](repeating: 0, count: shape.count)
    var pool = TracePool()
    func parts(of steps: Int) -> Tensor {
      let scale = 1 / Float(max(steps, 1))
      return Tensor(
        shape: shape, values: sum.indices.map { sum[$0] * scale * (end[$0] - first[$0]) })
    }
    for step in 0..<settings.steps {
      let part = Double(step) / Double(settings.steps)
      guard progress(part, parts(of: step)) else { return (nil, 0) }
      // The middle of each step.
      let middle = (Float(step) + 0.5) / Float(settings.steps)
      let between = zip(first, end).map { $0 + middle * ($1 - $0) }
      let trace = run(with: Tensor(shape: shape, values: between), in: &pool)
      let gradient = try gradient(at: trace)
      gradient.withUnsafeBufferPointer { gradient in
        for index in sum.indices { sum[index] += gradient[index] }
      }
    }
    return (parts(of: settings.steps), number(of: grey))
  }
}
