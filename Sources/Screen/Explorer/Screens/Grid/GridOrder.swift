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

  /// The channels of a layer in this order; of equals, the lower number first.
  ///
  /// Until the influence is measured, that order is the one of the numbers.
  func channels(_ statistics: ChannelStatistics, influence: [Float]?) -> [Int] {
    let channels = statistics.channels
    switch self {
    case .index: return Array(channels.indices)
    case .mean: return descending(channels.map(\.mean))
    case .maximum: return descending(channels.map { Double($0.maximum) })
    case .influence:
      return influence.map { descending($0.map(Double.init)) } ?? Array(channels.indices)
    case .zeros: return descending(channels.map(\.zeroShare))
    }
  }
}

/// The indices of `values`, that of the largest first; of equals, the lower index first.
func descending(_ values: [Double]) -> [Int] {
  values.indices.sorted { (values[$1], $0) < (values[$0], $1) }
}
