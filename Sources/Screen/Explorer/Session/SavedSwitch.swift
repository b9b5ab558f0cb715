import MobileNet
import Tensors

/// A patch in a session: on channels of a layer, on an area of all its channels, or on the layer.
struct SavedSwitch: Codable, Equatable, Sendable {
  /// The layer's name.
  let layer: String
  /// The channels; nil for an area or a layer.
  let channels: [Int]?
  /// The first and the last row of an area.
  let rows: [Int]?
  /// The first and the last column of an area.
  let columns: [Int]?
  /// True for the whole layer, otherwise nil.
  let whole: Bool?
  /// The change; nil for zeros.
  let change: Change?

  /// The change that the patch makes.
  enum Change: Codable, Equatable, Sendable {
    case mean
    case scaled(by: Float)
    case clamped(lower: Float, upper: Float)
    /// Values that a session does not keep: those of another photo, or of an atlas.
    case other
  }

  init(_ patch: Patch, in layers: [Layer]) {
    layer = layers[patch.layer].name
    var (channels, rows, columns): ([Int]?, [Int]?, [Int]?)
    switch patch.part {
    case .channels(let some): channels = some.sorted()
    case .area(let some, let others):
      rows = [some.lowerBound, some.upperBound - 1]
      columns = [others.lowerBound, others.upperBound - 1]
    case .whole: break
    }
    (self.channels, self.rows, self.columns) = (channels, rows, columns)
    whole = patch.part == .whole ? true : nil
    change =
      switch patch.change {
      case .off: nil
      case .mean: .mean
      case .scaled(let factor): .scaled(by: factor)
      case .clamped(let limits): .clamped(lower: limits.lowerBound, upper: limits.upperBound)
      case .means, .taken: .other
      }
  }

  /// Returns the patch for a network with these layers; nil if the part is missing or its values
  /// were not kept.
  func patch(on layers: [Layer]) -> Patch? {
    guard let position = layers.firstIndex(where: { $0.name == layer }),
      layers.canBePatched(position), let part = part(of: layers[position].output),
      let change = patchChange
    else { return nil }
    return Patch(layer: position, part: part, change: change)
  }

  private var patchChange: Patch.Change? {
    switch change {
    case nil: .off
    case .mean: .mean
    case .scaled(let factor): factor.isFinite ? .scaled(by: factor) : nil
    case .clamped(let lower, let upper): lower <= upper ? .clamped(lower...upper) : nil
    case .other: nil
    }
  }

  private func part(of output: Shape) -> Patch.Part? {
    if whole == true { return .whole }
    if let channels {
      let channels = Set(channels.filter { 0..<output.channels ~= $0 })
      return channels.isEmpty ? nil : .channels(channels)
    }
    guard let rows = range(rows, within: output.height),
      let columns = range(columns, within: output.width)
    else { return nil }
    return .area(rows: rows, columns: columns)
  }

  /// Returns whether the patch is missing, wholly or in part, on a network with these layers.
  func isCut(in layers: [Layer]) -> Bool {
    guard let patch = patch(on: layers) else { return true }
    return SavedSwitch(patch, in: layers).channels?.count != channels.map { Set($0).count }
  }

  private func range(_ ends: [Int]?, within count: Int) -> Range<Int>? {
    guard let ends, ends.count == 2, ends[0] >= 0, ends[0] <= ends[1], ends[1] < count else {
      return nil
    }
    return ends[0]..<ends[1] + 1
  }
}
