import Cells

/// The view settings in a session.
struct SavedView: Codable, Equatable, Sendable {
  /// The range of the colours.
  let range: String
  /// The curve from values to colours.
  let curve: String
  /// The colour map.
  let colorMap: String
  /// The end of the fixed range; nil if none was set.
  let largest: Float?

  init(_ view: ViewSettings) {
    range = view.range.rawValue
    curve = view.curve.rawValue
    colorMap = view.colorMap.rawValue
    largest = if case .largest(let value) = view.fixed { value } else { nil }
  }

  /// Restores the settings; returns those that are missing.
  func restore(_ view: inout ViewSettings) -> [String] {
    let isSpan = largest.map { $0 > 0 && $0.isFinite } ?? true
    if let largest, isSpan { view.fixed = .largest(largest) }
    return (isSpan ? [] : ["a scale's end"])
      + take(range, "scale", for: &view.range) + take(curve, "curve", for: &view.curve)
      + take(colorMap, "colour map", for: &view.colorMap)
  }
}

/// Sets `place` to `number` if `range` contains it; returns the missing value under `name`
/// otherwise.
func take(_ number: Int, _ range: Range<Int>, _ name: String, for place: inout Int) -> [String] {
  guard range ~= number else { return ["\(name) \(number)"] }
  place = number
  return []
}

/// Sets `choice` to the one spelled `word`; returns the missing value under `name` if there is
/// none.
func take<Choice: RawRepresentable<String>>(
  _ word: String, _ name: String, for choice: inout Choice
) -> [String] {
  guard let found = Choice(rawValue: word) else { return ["\(name) \(word)"] }
  choice = found
  return []
}
