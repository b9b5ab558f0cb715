extension KernelsScreen {
  /// The part of a session for the kernels.
  struct Saved: SavedScreen {
    static let key = SavedKey.places
    let kernelOrder: String
    let kernelCursor: Int
    /// The trail, without its end.
    let trail: [SavedWaypoint]

    /// A channel of a layer, by the layer's name.
    struct SavedWaypoint: Codable, Sendable {
      let layer: String
      let channel: Int
    }
  }

  func saved(_ core: Core) -> Saved? {
    Saved(
      kernelOrder: order.rawValue, kernelCursor: cursor,
      trail: trail(core).map {
        Saved.SavedWaypoint(layer: core.layers[$0.layer].name, channel: $0.channel)
      })
  }

  mutating func restore(_ saved: Saved, _ core: Core) -> [String] {
    var missing = take(saved.kernelOrder, "order of weights", for: &order)
    // The list may belong to another layer; it is at most as long as the largest number of input
    // channels.
    let most = core.layers.map(\.input.channels).max() ?? 0
    missing += take(saved.kernelCursor, 0..<most, "weight", for: &cursor)
    let steps = saved.trail.compactMap { step -> Waypoint? in
      guard let position = core.layers.firstIndex(where: { $0.name == step.layer }),
        0..<core.layers[position].output.channels ~= step.channel
      else { return nil }
      return Waypoint(layer: position, channel: step.channel)
    }
    if steps.count < saved.trail.count { missing.append("steps of the way to the pixels") }
    way = steps.isEmpty ? [] : steps + [here(core)]
    return missing
  }
}
