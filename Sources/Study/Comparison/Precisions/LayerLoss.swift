import Tensors

/// The loss of a layer's output in another precision, compared with the same output in floats.
///
/// Where either is not finite, the error is infinite.
public struct LayerLoss: Equatable, Sendable {
  /// The root mean squared error, relative to the range of the layer's floats.
  public let error: Double
  /// The largest error, relative to the same range.
  public let largestError: Double
  /// The share of the floats beyond the range of the other precision, 0…1.
  public let clipped: Double
  /// The share of values at an end of that range, 0…1; a lower end that stands for zero does not
  /// count.
  public let saturated: Double
  /// The channel with the largest relative error; nil if there is no error.
  public let channel: Int?
  /// The root mean squared error of that channel, relative to the range of its own floats, or of
  /// the layer's if a channel is a single value.
  public let channelError: Double

  /// Compares `reals`, whose precision has the range `reach` and the given `step`, with `floats`.
  public init(of reals: Tensor, from floats: Tensor, reach: ClosedRange<Float>, step: Float) {
    precondition(reals.shape == floats.shape)
    let (places, channels) = (floats.shape.places, floats.shape.channels)
    var sums = [Double](repeating: 0, count: channels)
    var lowest = [Float](repeating: .infinity, count: channels)
    var highest = [Float](repeating: -.infinity, count: channels)
    var (largest, beyond, last) = (Float(0), 0, 0)
    let inner = reach.lowerBound - step / 2...reach.upperBound + step / 2
    floats.withUnsafeBufferPointer { floats in
      reals.withUnsafeBufferPointer { reals in
        for place in 0..<places {
          for channel in 0..<channels {
            let (float, real) = (
              floats[place * channels + channel], reals[place * channels + channel]
            )
            let error = real.isFinite && float.isFinite ? abs(real - float) : .infinity
            sums[channel] += Double(error) * Double(error)
            largest = max(largest, error)
            if float.isFinite {
              lowest[channel] = min(lowest[channel], float)
              highest[channel] = max(highest[channel], float)
            }
            if !(inner ~= float) { beyond += 1 }
            if real >= reach.upperBound || real <= reach.lowerBound && reach.lowerBound != 0 {
              last += 1
            }
          }
        }
      }
    }
    let range = Double((highest.max() ?? 0) - (lowest.min() ?? 0))
    let count = Double(max(places * channels, 1))
    error = Self.share((sums.reduce(0, +) / count).squareRoot(), of: range)
    largestError = Self.share(Double(largest), of: range)
    clipped = Double(beyond) / count
    saturated = Double(last) / count
    let errors = sums.indices.map { channel in
      Self.share(
        (sums[channel] / Double(max(places, 1))).squareRoot(),
        of: places > 1 ? Double(highest[channel] - lowest[channel]) : range)
    }
    let worst = errors.indices.max { (errors[$0], $1) < (errors[$1], $0) }
    channel = worst.flatMap { errors[$0] > 0 ? $0 : nil }
    channelError = worst.map { errors[$0] } ?? 0
  }

  /// Returns `part` divided by `whole`, or 0 if `whole` is 0; what is infinite stays so.
  private static func share(_ part: Double, of whole: Double) -> Double {
    part.isInfinite ? part : whole > 0 ? part / whole : 0
  }
}
