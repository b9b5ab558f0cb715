import Cells

/// How heatmaps looked.
struct SavedView: Codable, Equatable, Sendable {
  /// What the colours span.
  let range: String
  /// The spread of values between them.
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

  /// Takes what there is for how things look; answers with what is missing.
  func restore(_ view: inout ViewSettings) -> [String] {
    let isSpan = largest.map { $0 > 0 && $0.isFinite } ?? true
    if let largest, isSpan { view.fixed = .largest(largest) }
    return (isSpan ? [] : ["a scale's end"])
      + take(range, "scale", for: &view.range) + take(curve, "curve", for: &view.curve)
      + take(colorMap, "colour map", for: &view.colorMap)
  }
}

/// Takes `number` if it is one of `range`; answers with what is missing, called `name`, if not.
func take(_ number: Int, _ range: Range<Int>, _ name: String, for place: inout Int) -> [String] {
  guard range ~= number else { return ["\(name) \(number)"] }
  place = number
  return []
}

/// Takes the choice that `word` spells; answers with what is missing, called `name`, if none does.
func take<Choice: RawRepresentable<String>>(
  _ word: String, _ name: String, for choice: inout Choice
) -> [String] {
  guard let found = Choice(rawValue: word) else { return ["\(name) \(word)"] }
  choice = found
  return []
}
