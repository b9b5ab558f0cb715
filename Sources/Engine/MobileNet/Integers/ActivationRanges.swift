import Tensors

/// The range of each layer's outputs on some photos.
public struct ActivationRanges: Sendable {
  /// The rule for the ends of a range.
  public enum Extent: Hashable, Sendable {
    /// The lowest and the highest value of all photos.
    case extremes
    /// On each photo, the range that holds this percentage of the values; the widest range of all
    /// photos counts.
    case percentile(Double)
  }

  /// The range of each layer's outputs, in the order of the layers; each contains 0,
  /// and is infinite where an output is not finite.
  public private(set) var byLayer: [ClosedRange<Float>]
  /// The number of photos.
  public private(set) var photos = 0

  private let extent: Extent

  /// Creates empty ranges for `layers` layers, before any photo.
  public init(layers: Int, extent: Extent = .extremes) {
    byLayer = [ClosedRange<Float>](repeating: 0...0, count: layers)
    self.extent = extent
  }

  /// Creates known ranges, one for each layer.
  public init(byLayer ranges: [ClosedRange<Float>]) {
    byLayer = ranges
    extent = .extremes
  }

  /// Widens the ranges to those of `trace`.
  public mutating func add(_ trace: Trace) {
    photos += 1
    for position in trace.layers.indices {
      let range = range(of: trace.output(at: position))
      byLayer[position] =
        min(
          byLayer[position].lowerBound, range.lowerBound)...max(
          byLayer[position].upperBound, range.upperBound)
    }
  }

  private func range(of tensor: Tensor) -> ClosedRange<Float> {
    tensor.withUnsafeBufferPointer { values in
      var (lowest, highest, check) = (Float(0), Float(0), Float(0))
      for value in values {
        lowest = min(lowest, value)
        highest = max(highest, value)
        check += value * 0
      }
      guard check.isFinite else { return -.infinity ... .infinity }
      guard case .percentile(let percent) = extent, lowest < highest,
        (highest - lowest).isFinite
      else {
        return lowest...highest
      }
      return Self.inner(percent, of: values, within: lowest...highest)
    }
  }

  /// Returns the narrowest range that contains 0 and `percent` of the values, to a 4096th of
  /// `range`.
  ///
  /// The other values are divided between the two sides, or lie above if no value is below 0.
  private static func inner(
    _ percent: Double, of values: UnsafeBufferPointer<Float>, within range: ClosedRange<Float>
  ) -> ClosedRange<Float> {
    let bins = 4096
    let step = (range.upperBound - range.lowerBound) / Float(bins)
    var counts = [Int](repeating: 0, count: bins)
    for value in values { counts[min(Int((value - range.lowerBound) / step), bins - 1)] += 1 }
    let sides = range.lowerBound < 0 ? 2.0 : 1
    let most = Int(Double(values.count) * (1 - percent / 100) / sides)
    /// Counts the outermost bins, in `order`, that hold no more than `most` values together.
    func outside(_ order: some Sequence<Int>) -> Int {
      var sum = 0
      return order.prefix { bin in
        sum += counts[bin]
        return sum <= most
      }.count
    }
    let above = range.upperBound - Float(outside((0..<bins).reversed())) * step
    let below = range.lowerBound + (sides == 2 ? Float(outside(0..<bins)) * step : 0)
    return min(below, 0)...max(above, 0)
  }
}
