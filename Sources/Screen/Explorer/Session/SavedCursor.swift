import MobileNet

/// The cursor's cell and the chosen classes in a session.
struct SavedCursor: Codable, Sendable {
  /// Row and column; nil if the person placed no cursor.
  let cell: [Int]?
  /// The first corner of a marked area, as row and column.
  let corner: [Int]?
  /// The opposite corner of the area; nil if it is the cursor.
  let end: [Int]?
  /// The chosen class; nil for the most likely one.
  let classIndex: Int?
  /// The rival class.
  let rivalClass: Int?

  init(_ core: Core) {
    cell = core.placed.isPlaced ? [core.placed.y, core.placed.x] : nil
    corner = core.placed.corner.map { [$0.y, $0.x] }
    end = core.placed.end.map { [$0.y, $0.x] }
    classIndex = core.chosenClass
    rivalClass = core.rival
  }

  /// Restores the cursor and the classes; returns what is missing.
  func restore(_ core: inout Core) -> [String] {
    restoreCell(&core) + restoreClasses(&core)
  }

  private func restoreCell(_ core: inout Core) -> [String] {
    let map = core.planeShape
    var missing: [String] = []
    func position(_ cell: [Int]?) -> CellPosition? {
      guard let cell else { return nil }
      guard cell.count == 2, 0..<map.height ~= cell[0], 0..<map.width ~= cell[1] else {
        missing.append("cell \(cell.map(String.init).joined(separator: ","))")
        return nil
      }
      return CellPosition(y: cell[0], x: cell[1])
    }
    if let found = position(cell) {
      (core.placed.y, core.placed.x) = (found.y, found.x)
      core.placed.isPlaced = true
    }
    // An area needs two corners.
    if core.placed.isPlaced {
      core.placed.corner = position(corner)
      core.placed.end = corner == nil ? nil : position(end)
    } else if corner != nil {
      missing.append("an area")
    }
    return missing
  }

  private func restoreClasses(_ core: inout Core) -> [String] {
    let classes = 0..<(core.model.checkpoint.architecture.classes ?? 0)
    core.chosenClass = classIndex.flatMap { classes ~= $0 ? $0 : nil }
    core.rival = rivalClass.flatMap { classes ~= $0 && $0 != classIndex ? $0 : nil }
    return [(classIndex, core.chosenClass), (rivalClass, core.rival)].flatMap { wanted, found in
      wanted != found ? wanted.map { ["class \($0)"] } ?? [] : []
    }
  }
}
