import Comparison
import Lessons
import MobileNet

/// Where a person was on each of the screens.
struct SavedPlaces: Codable, Equatable, Sendable {
  /// On the zoomed channel: row and column; nothing if no cell was chosen.
  let cell: [Int]?
  /// The other corner of a marked area.
  let corner: [Int]?
  let showsSums: Bool
  let gridOrder: String
  let thumbnailWidth: Int?
  /// The marked channels by layer.
  let marks: [String: [Int]]
  let kernelOrder: String
  let kernelCursor: Int
  /// The way from a class to the pixels: the layers' names and the channels.
  let trail: [Step]
  let classIndex: Int?
  let rivalClass: Int?
  /// On the evidence: row and column.
  let evidenceCell: [Int]
  let topic: String
  let lessonStep: Int
  let lessonLayer: String
  let asksFirst: Bool
  let showsOther: Bool
  let comparison: String
  let comparisonCost: String
  let showsPublished: Bool
  let compared: SavedCandidate?

  /// No lesson has as many steps.
  private static let steps = 100_000

  struct Step: Codable, Equatable, Sendable {
    let layer: String
    let channel: Int
  }

  init(_ state: ExplorerState) {
    let layers = state.layers
    cell = state.zoom.isPlaced ? [state.zoom.y, state.zoom.x] : nil
    corner = state.zoom.corner.map { [$0.y, $0.x] }
    showsSums = state.zoom.wantsPreactivation
    gridOrder = state.grid.order.rawValue
    thumbnailWidth = state.grid.thumbnailWidth
    marks = state.grid.marks.mapValues { $0.sorted() }
    kernelOrder = state.kernels.order.rawValue
    kernelCursor = state.kernels.cursor
    trail = state.kernels.trail.map { Step(layer: layers[$0.layer].name, channel: $0.channel) }
    classIndex = state.evidence.chosenClass
    rivalClass = state.evidence.rival
    evidenceCell = [state.evidence.y, state.evidence.x]
    topic = state.lesson.topic.rawValue
    lessonStep = state.lesson.step
    lessonLayer = layers[min(state.lesson.layer, layers.count - 1)].name
    asksFirst = state.lesson.asksFirst
    showsOther = state.lesson.showsOther
    comparison = state.compare.tab.rawValue
    comparisonCost = state.compare.cost.rawValue
    showsPublished = state.compare.showsPublished
    compared = state.compare.selected.map(SavedCandidate.init)
  }

  /// Goes to the places; answers with those that are missing.
  func restore(_ state: inout ExplorerState) -> [String] {
    var missing = restoreZoom(&state)
    missing += take(gridOrder, "order of channels", for: &state.grid.order)
    state.grid.thumbnailWidth = thumbnailWidth.flatMap { GridLayout.widths ~= $0 ? $0 : nil }
    if state.grid.thumbnailWidth != thumbnailWidth { missing.append("a thumbnail's width") }
    for (name, channels) in marks.sorted(by: { $0.key < $1.key }) {
      let found = channels.filter { state.layers.has($0, of: name) }
      if !found.isEmpty { state.grid.marks[name] = Set(found) }
      if found.count < channels.count { missing.append("marks in \(name)") }
    }
    missing += take(kernelOrder, "order of weights", for: &state.kernels.order)
    // The list may be another layer's, as long as that of the layer with the most channels.
    let most = state.layers.map(\.input.channels).max() ?? 0
    missing += take(kernelCursor, 0..<most, "weight", for: &state.kernels.cursor)
    state.kernels.trail = trail.compactMap { step in
      guard let position = state.layers.firstIndex(where: { $0.name == step.layer }),
        0..<state.layers[position].output.channels ~= step.channel
      else { return nil }
      return KernelsState.Step(layer: position, channel: step.channel)
    }
    if state.kernels.trail.count < trail.count { missing.append("steps of the way to the pixels") }
    missing += restoreEvidence(&state)
    missing += take(topic, "topic", for: &state.lesson.topic)
    missing += take(lessonStep, 0..<Self.steps, "a lesson's step", for: &state.lesson.step)
    let explained = state.layers.firstIndex { $0.name == lessonLayer }
    if explained == nil { missing.append("a lesson on \(lessonLayer)") }
    state.lesson.layer = explained ?? state.place.layer
    state.lesson.asksFirst = asksFirst
    state.lesson.showsOther = showsOther
    missing += take(comparison, "comparison", for: &state.compare.tab)
    missing += take(comparisonCost, "cost", for: &state.compare.cost)
    state.compare.showsPublished = showsPublished
    if let compared {
      // The list, once it is made, keeps the cursor on it.
      if let candidate = compared.candidate {
        state.compare.candidates = [candidate]
      } else {
        missing.append(compared.name)
      }
    }
    return missing
  }

  private func restoreZoom(_ state: inout ExplorerState) -> [String] {
    let map = state.planeShape
    var missing: [String] = []
    func place(_ cell: [Int]?) -> ZoomState.Place? {
      guard let cell else { return nil }
      guard cell.count == 2, 0..<map.height ~= cell[0], 0..<map.width ~= cell[1] else {
        missing.append("cell \(cell.map(String.init).joined(separator: ","))")
        return nil
      }
      return ZoomState.Place(y: cell[0], x: cell[1])
    }
    if let found = place(cell) {
      (state.zoom.y, state.zoom.x) = (found.y, found.x)
      state.zoom.isPlaced = true
    }
    // An area has two corners.
    if state.zoom.isPlaced {
      state.zoom.corner = place(corner)
    } else if corner != nil {
      missing.append("an area")
    }
    state.zoom.wantsPreactivation = showsSums
    return missing
  }

  private func restoreEvidence(_ state: inout ExplorerState) -> [String] {
    let classes = 0..<(state.model.checkpoint.architecture.classes ?? 0)
    state.evidence.chosenClass = classIndex.flatMap { classes ~= $0 ? $0 : nil }
    state.evidence.rival = rivalClass.flatMap { classes ~= $0 && $0 != classIndex ? $0 : nil }
    var missing: [String] = []
    for (wanted, found) in [
      (classIndex, state.evidence.chosenClass), (rivalClass, state.evidence.rival),
    ] where wanted != found {
      missing += wanted.map { ["class \($0)"] } ?? []
    }
    // The places of the last layer that has any, whatever layer the person was at.
    let map = state.layers.last { $0.output.places > 1 }?.output
    if evidenceCell.count == 2, 0..<(map?.height ?? 1) ~= evidenceCell[0],
      0..<(map?.width ?? 1) ~= evidenceCell[1]
    {
      (state.evidence.y, state.evidence.x) = (evidenceCell[0], evidenceCell[1])
    } else {
      missing.append("place \(evidenceCell.map(String.init).joined(separator: ","))")
    }
    return missing
  }
}

/// A network at a resolution that was compared.
struct SavedCandidate: Codable, Equatable, Sendable {
  /// The name or the file of its weights; nothing for the shallow network, which has none.
  var weights: String?
  /// The input side.
  let resolution: Int

  init(_ candidate: Candidate) {
    weights = if case .checkpoint(let name) = candidate.weights { name } else { nil }
    resolution = candidate.resolution
  }

  /// Nil where no network works at the resolution.
  var candidate: Candidate? {
    guard Architecture.resolutions.contains(resolution) else { return nil }
    return Candidate(weights.map { .checkpoint($0) } ?? .untrainedShallow, resolution: resolution)
  }

  /// What a person would call it.
  var name: String { "\(weights ?? "the shallow network") at \(resolution)" }
}

/// What stood beside the explored network and its photo.
struct SavedOther: Codable, Equatable, Sendable {
  /// Another photo's file.
  var photo: String?
  /// Another network.
  var network: SavedCandidate?
  /// Which channel of either side's order was shown.
  let rank: Int

  init(_ other: BesideState.Other, rank: Int) {
    self.rank = rank
    switch other {
    case .photo(let path): photo = path
    case .network(let candidate): network = SavedCandidate(candidate)
    }
  }

  mutating func locateFiles(_ path: (String) -> String) {
    photo = photo.map(path)
    if let weights = network?.weights { network?.weights = path(weights) }
  }

  /// Puts it beside the explored network of these layers; answers with what is missing.
  func restore(_ state: inout BesideState, layers: [Layer]) -> [String] {
    let candidate = network?.candidate
    state.other = photo.map { .photo(path: $0) } ?? candidate.map { .network($0) }
    let most = layers.map(\.output.channels).max() ?? 0
    let missing = take(rank, 0..<most, "rank", for: &state.rank)
    return candidate == nil ? missing + (network.map { [$0.name] } ?? []) : missing
  }
}
