import Tensors

/// How far the outputs of each layer reach on some photos.
public struct ActivationRanges: Sendable {
  /// What counts as the end of a range.
  public enum Extent: Hashable, Sendable {
    /// The lowest and the highest value of all photos.
    case extremes
    /// On each photo, the values that so many percent lie within; the widest of all photos counts.
    case percentile(Double)
  }

  /// The range of each layer's outputs, in the order of the layers; 0 is in all of them.
  public private(set) var byLayer: [ClosedRange<Float>]
  /// The photos that were looked at.
  public private(set) var photos = 0

  private let extent: Extent

  /// Begins without photos for so many layers.
  public init(layers: Int, extent: Extent = .extremes) {
    byLayer = [ClosedRange<Float>](repeating: 0...0, count: layers)
    self.extent = extent
  }

  /// Takes over ranges that were found before, one for each layer.
  public init(byLayer ranges: [ClosedRange<Float>]) {
    byLayer = ranges
    extent = .extremes
  }

  /// Widens the ranges to what `trace` has.
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
      var (lowest, highest) = (Float(0), Float(0))
      for value in values {
        lowest = min(lowest, value)
        highest = max(highest, value)
      }
      guard case .percentile(let percent) = extent, lowest < highest else {
        return lowest...highest
      }
      return Self.inner(percent, of: values, within: lowest...highest)
    }
  }

  /// The narrowest range around 0 outside of which no more than the rest of `percent` lies, half of
  /// it on either side that has any; to a 4096th of the whole.
  private static func inner(
    _ percent: Double, of values: UnsafeBufferPointer<Float>, within range: ClosedRange<Float>
  ) -> ClosedRange<Float> {
    let bins = 4096
    let step = (range.upperBound - range.lowerBound) / Float(bins)
    var counts = [Int](repeating: 0, count: bins)
    for value in values { counts[min(Int((value - range.lowerBound) / step), bins - 1)] += 1 }
    let sides = range.lowerBound < 0 ? 2.0 : 1
    let most = Int(Double(values.count) * (1 - percent / 100) / sides)
    /// The bins that hold no more than `most` together.
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
