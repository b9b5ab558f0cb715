import MobileNet
import Tensors

extension Explainer.Work {
  /// Returns the mean gradient of copies with Gaussian noise: Smilkov and others 2017, section 2.
  func smoothGrad(_ progress: Progress) throws(ExplanationError) -> Tensor? {
    let values = values(of: explainer.trace)
    let statistics = values.statistics
    let deviation = (statistics.maximum - statistics.minimum) * Float(settings.noise) / 100
    var pool = TracePool()
    var chance = SplitMix64(seed: settings.seed)
    var sum = [Float](repeating: 0, count: values.shape.count)
    func mean(of samples: Int) -> Tensor {
      let scale = 1 / Float(max(samples, 1))
      return Tensor(shape: values.shape, values: sum.map { $0 * scale })
    }
    for sample in 0..<settings.samples {
      let part = Double(sample) / Double(settings.samples)
      guard progress(part, mean(of: sample)) else { return nil }
      let noisy = values.values.map { $0 + deviation * chance.normal() }
      let trace = run(with: Tensor(shape: values.shape, values: noisy), in: &pool)
      let gradient = try gradient(at: trace)
      gradient.withUnsafeBufferPointer { gradient in
        for index in sum.indices { sum[index] += gradient[index] }
      }
    }
    return mean(of: settings.samples)
  }
}
