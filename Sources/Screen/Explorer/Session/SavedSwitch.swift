import MobileNet

/// A part of the network that was switched off: channels of a layer, or an area of all of them.
struct SavedSwitch: Codable, Equatable, Sendable {
  /// The layer's name.
  let layer: String
  /// The channels; nothing for an area.
  let channels: [Int]?
  /// The first and the last row of an area.
  let rows: [Int]?
  /// The first and the last column of an area.
  let columns: [Int]?

  init(_ part: SwitchOff, in layers: [Layer]) {
    layer = layers[part.layer].name
    switch part.part {
    case .channels(let channels):
      self.channels = channels.sorted()
      (rows, columns) = (nil, nil)
    case .area(let rows, let columns):
      channels = nil
      self.rows = [rows.lowerBound, rows.upperBound - 1]
      self.columns = [columns.lowerBound, columns.upperBound - 1]
    }
  }

  /// The same part of a network with these layers; nil if it has none.
  func part(of layers: [Layer]) -> SwitchOff? {
    guard let position = layers.firstIndex(where: { $0.name == layer }),
      layers[position].canBeSwitchedOff
    else { return nil }
    let output = layers[position].output
    if let channels {
      let channels = Set(channels.filter { 0..<output.channels ~= $0 })
      return channels.isEmpty ? nil : SwitchOff(layer: position, part: .channels(channels))
    }
    guard let rows = range(rows, within: output.height),
      let columns = range(columns, within: output.width)
    else { return nil }
    return SwitchOff(layer: position, part: .area(rows: rows, columns: columns))
  }

  /// Whether a network with these layers lacks some of it.
  func isCut(in layers: [Layer]) -> Bool {
    guard let part = part(of: layers) else { return true }
    return SavedSwitch(part, in: layers).channels?.count != channels.map { Set($0).count }
  }

  private func range(_ ends: [Int]?, within count: Int) -> Range<Int>? {
    guard let ends, ends.count == 2, ends[0] >= 0, ends[0] <= ends[1], ends[1] < count else {
      return nil
    }
    return ends[0]..<ends[1] + 1
  }
}
