import Tensors

/// Describes where on a map the values are large: in which of its nine parts (3 × 3).
struct Whereabouts {
  private static let names = [
    "at the upper left", "at the top", "at the upper right", "on the left", "in the middle",
    "on the right", "at the lower left", "at the bottom", "at the lower right",
  ]

  /// The means of the nine parts, row by row; negative values count as zero.
  private let means: [Float]
  /// Whether no value is finite.
  private let isEmpty: Bool

  /// Averages the finite values of `plane`.
  init(_ plane: Plane) {
    var (sums, counts) = ([Float](repeating: 0, count: 9), [Float](repeating: 0, count: 9))
    for y in 0..<plane.height {
      for x in 0..<plane.width where plane[y, x].isFinite {
        let part = 3 * y / plane.height * 3 + 3 * x / plane.width
        sums[part] += max(0, plane[y, x])
        counts[part] += 1
      }
    }
    isEmpty = counts.allSatisfy { $0 == 0 }
    means = zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 }
  }

  /// The description as a sentence.
  var sentence: String { "It is \(predicate)." }

  /// The description as it follows "is".
  var predicate: String {
    text.map { "strongest \($0)" } ?? (isEmpty ? "too large everywhere" : "nowhere above zero")
  }

  /// The share of the strongest part's mean from which a part counts as strong.
  private static let strong: Float = 0.75

  /// The strongest parts in words; nil if no value is above zero.
  var text: String? {
    guard let most = means.max(), most > 0 else { return nil }
    let strongest = means.indices.filter { means[$0] >= Self.strong * most }
      .sorted { (means[$1], $0) < (means[$0], $1) }
    if strongest.count > 5 { return "everywhere alike" }
    return strongest.prefix(2).map { Self.names[$0] }.joined(separator: " and ")
  }
}
