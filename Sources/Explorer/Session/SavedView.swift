import Cells

/// How heatmaps looked.
struct SavedView: Codable, Equatable, Sendable {
  /// What the colours span.
  let range: String
  /// How values are spread between them.
  let curve: String
  /// The colours.
  let colorMap: String
  /// Where a span that stays the same ends; nothing if nobody asked for it.
  let largest: Float?

  init(_ view: ViewSettings) {
    range = view.range.rawValue
    curve = view.curve.rawValue
    colorMap = view.colorMap.rawValue
    largest = if case .largest(let value) = view.fixed { value } else { nil }
  }

  func restore(_ view: inout ViewSettings) {
    view.range = ViewSettings.Range(rawValue: range) ?? view.range
    view.curve = ViewSettings.Curve(rawValue: curve) ?? view.curve
    view.colorMap = ColorMap(rawValue: colorMap) ?? view.colorMap
    if let largest, largest > 0, largest.isFinite { view.fixed = .largest(largest) }
  }
}
