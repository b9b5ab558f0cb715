import MobileNet
import Tensors

/// The difference between another framework's input and the one here.
public enum InputDifference: Hashable, Sendable {
  /// Red and blue are swapped.
  case channelOrder
  /// The same pixels with another scale or offset: this preprocessing.
  case scale(Preprocessing)
  /// Another way to resize, or another part of the picture; with the mean difference, as a fraction
  /// of the input's range.
  case picture(mean: Float)

  /// Finds the cause of the difference of `other` from `own`, which `preprocessing` made of pixels;
  /// nil where they agree within `tolerance`, a fraction of their range.
  init?(_ own: Tensor, _ other: Tensor, _ preprocessing: Preprocessing, tolerance: Float) {
    // The tolerance allows for two ways to resize, which differ by a pixel's step or two.
    let isClose = { (tensor: Tensor) in other.difference(from: tensor).largest <= tolerance }
    if isClose(own) { return nil }
    let channels = own.shape.channels
    let values = own.values
    let turned = values.indices.map { values[$0 + channels - 1 - 2 * ($0 % channels)] }
    if channels > 1, isClose(Tensor(shape: own.shape, values: turned)) {
      self = .channelOrder
      return
    }
    // Red and blue may be swapped as well.
    for (isTurned, pixels) in [(false, values), (true, turned)] where channels > 1 || !isTurned {
      let fits = (0..<channels).map { channel in
        Self.fit(
          stride(from: channel, to: pixels.count, by: channels).lazy.map { pixels[$0] },
          other.plane(channel).values)
      }
      let fitted = pixels.indices.map {
        pixels[$0] * fits[$0 % channels].factor + fits[$0 % channels].sum
      }
      guard isClose(Tensor(shape: own.shape, values: fitted)) else { continue }
      let before = isTurned ? preprocessing.turned : preprocessing
      self = .scale(
        before.changed(
          scale: zip(before.scale, fits).map { $0 * $1.factor },
          offset: zip(before.offset, fits).map { $0 * $1.factor + $1.sum }))
      return
    }
    self = .picture(mean: other.difference(from: own).mean)
  }

  /// Returns the factor and the summand that map `own` to `other`, by least squares.
  private static func fit(
    _ own: some Collection<Float>, _ other: [Float]
  ) -> (factor: Float, sum: Float) {
    let count = Double(max(other.count, 1))
    let means = (
      own.reduce(0) { $0 + Double($1) } / count, other.reduce(0) { $0 + Double($1) } / count
    )
    var (variance, covariance) = (0.0, 0.0)
    for (a, b) in zip(own, other) {
      variance += (Double(a) - means.0) * (Double(a) - means.0)
      covariance += (Double(a) - means.0) * (Double(b) - means.1)
    }
    let factor = variance > 0 ? covariance / variance : 1
    return (Float(factor), Float(means.1 - factor * means.0))
  }
}
