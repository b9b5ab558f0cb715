extension GridScreen {
  /// The part of a session for the grid.
  struct Saved: SavedScreen {
    static let key = SavedKey.places
    let gridOrder: String
    let thumbnailWidth: Int?
    /// The marked channels by layer name.
    let marks: [String: [Int]]
  }

  func saved(_ core: Core) -> Saved? {
    Saved(
      gridOrder: order.rawValue, thumbnailWidth: thumbnailWidth,
      marks: marks.mapValues { $0.sorted() })
  }

  mutating func restore(_ saved: Saved, _ core: Core) -> [String] {
    var missing = take(saved.gridOrder, "order of channels", for: &order)
    thumbnailWidth = saved.thumbnailWidth.flatMap { GridLayout.widths ~= $0 ? $0 : nil }
    if thumbnailWidth != saved.thumbnailWidth { missing.append("a thumbnail's width") }
    for (name, channels) in saved.marks.sorted(by: { $0.key < $1.key }) {
      let found = channels.filter { core.layers.has($0, of: name) }
      if !found.isEmpty { marks[name] = Set(found) }
      if found.count < channels.count { missing.append("marks in \(name)") }
    }
    return missing
  }
}
