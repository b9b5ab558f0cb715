import Tensors

/// How the channels of a layer are sorted.
enum GridOrder: String, CaseIterable, Sendable {
  /// As they are numbered.
  case index
  /// The largest mean first.
  case mean
  /// The largest maximum first.
  case maximum
  /// The largest share of zeros first.
  case zeros = "share of zeros"
  /// The one that adds most to the selected class first.
  case influence
  /// The one that tells a class best from the others first, in an atlas.
  case separation = "how well they tell a class"
  /// The one that is furthest above its usual first, in an atlas.
  case unusual = "how unusual they are here"
  /// The one that is most larger inside the marked area than outside first.
  case area = "inside minus outside"

  /// The channels of a layer in this order; of equals, the lower number first.
  ///
  /// `measured` is what that takes besides `statistics`; until it is there the order is the one of the
  /// numbers.
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
  /// How much larger the mean of each channel is in an area than in the rest; nil where there is no
  /// rest.
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

/// The indices of `values`, that of the largest first; of equals, the lower index first.
func descending(_ values: [Double]) -> [Int] {
  values.indices.sorted { (values[$1], $0) < (values[$0], $1) }
}
