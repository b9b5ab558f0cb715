import Tensors

/// The orders in which a layer's channels can be sorted.
enum GridOrder: String, CaseIterable, Sendable {
  /// By number.
  case index
  /// By mean, the largest first.
  case mean
  /// By maximum, the largest first.
  case maximum
  /// By the share of zeros, the largest first.
  case zeros = "share of zeros"
  /// By influence on the selected class, the largest first.
  case influence
  /// By how well a channel separates a class in the atlas from the others, the best first.
  case separation = "how well they tell a class"
  /// By how far the mean on this photo is above that in the atlas, the furthest first.
  case unusual = "how unusual they are here"
  /// By the mean inside the marked area minus the mean outside, the largest first.
  case area = "inside minus outside"

  /// Returns the channels of a layer in this order; among equals, the lower number first.
  ///
  /// `measured` are the values to sort by if they are not in `statistics`; while they are nil the
  /// order is by number.
  func channels(_ statistics: ChannelStatistics, measured: [Double]?) -> [Int] {
    let channels = statistics.channels
    switch self {
    case .index: return Array(channels.indices)
    case .mean: return descending(channels.map(\.mean))
    case .maximum: return descending(channels.map { Double($0.maximum) })
    case .zeros: return descending(channels.map(\.zeroShare))
    case .influence, .area, .separation, .unusual:
      return measured.map(descending) ?? Array(channels.indices)
    }
  }
}

extension Tensor {
  /// Returns the mean of each channel inside an area minus its mean outside; nil if nothing is
  /// inside or outside.
  func contrasts(rows: Range<Int>, columns: Range<Int>) -> [Double]? {
    let rows = rows.clamped(to: 0..<shape.height)
    let columns = columns.clamped(to: 0..<shape.width)
    let (count, inner) = (shape.channels, rows.count * columns.count)
    guard inner > 0, inner < shape.places else { return nil }
    var inside = [Double](repeating: 0, count: count)
    var all = inside
    withUnsafeBufferPointer { values in
      for place in 0..<shape.places {
        let isInside =
          rows.contains(place / shape.width) && columns.contains(place % shape.width)
        for channel in 0..<count {
          let value = Double(values[place * count + channel])
          all[channel] += value
          if isInside { inside[channel] += value }
        }
      }
    }
    return (0..<count).map {
      inside[$0] / Double(inner) - (all[$0] - inside[$0]) / Double(shape.places - inner)
    }
  }
}

/// Returns the indices of `values`, that of the largest first; among equals, the lower index first.
func descending(_ values: [Double]) -> [Int] {
  values.indices.sorted { (values[$1], $0) < (values[$0], $1) }
}
