import MobileNet

extension Patch {
  /// Returns the patched part and the change: `channel 74 of conv4_2_sep: off`.
  public func text(_ layers: [Layer]) -> String { "\(partText(layers)): \(change.text)" }

  /// Returns the patched part: `channel 74 of conv4_2_sep`.
  public func partText(_ layers: [Layer]) -> String {
    let name = layers[layer].name
    switch part {
    case .channels(let channels):
      return "channel\(channels.count == 1 ? "" : "s") \(runs(of: channels)) of \(name)"
    case .area(let rows, let columns):
      return "rows \(rows.lowerBound)–\(rows.upperBound - 1), "
        + "columns \(columns.lowerBound)–\(columns.upperBound - 1) of \(name)"
    case .whole: return "all of \(name)"
    }
  }

  /// Returns the numbers in ascending order, with runs joined: `3, 5–8`.
  private func runs(of numbers: Set<Int>) -> String {
    let firsts = numbers.filter { !numbers.contains($0 - 1) }.sorted()
    return firsts.map { first in
      let last = (first...).first { !numbers.contains($0 + 1) } ?? first
      return first == last ? "\(first)" : "\(first)–\(last)"
    }.joined(separator: ", ")
  }
}

extension Patch.Change {
  /// The change in words: `off`, `times 2`.
  public var text: String {
    switch self {
    case .off: "off"
    case .mean: "its mean over the picture"
    case .means: "its mean over the atlas"
    case .scaled(let factor):
      "times "
        + (1e-3..<1e6 ~= factor.magnitude
          ? NumberText.trimmed(Double(factor)) : NumberText.value(factor))
    case .clamped(let limits):
      "held from \(NumberText.value(limits.lowerBound)) to \(NumberText.value(limits.upperBound))"
    case .taken(let donor): "as in \(donor.name)"
    }
  }
}
