import MobileNet
import Tensors

extension ScreenID { static let evidence = ScreenID("evidence") }

/// The evidence for a class at each place of the photo: its class activation map.
struct EvidenceScreen: Screen {
  static let id = ScreenID.evidence
  static let title = "Evidence"

  /// The place that the person chose; nil for the one with the most evidence.
  var placed: CellPosition?

  /// The screen's actions.
  enum Action: Equatable, Sendable {
    /// The cursor was moved by places.
    case moved(x: Int, y: Int)
    /// A place was pointed at.
    case pointed(x: Int, y: Int)
    /// The class before or after in the list was taken.
    case classMoved(by: Int)
    /// Another screen asked for the evidence of a class.
    case asked(classIndex: Int)
    /// The next class of the list was taken as rival; none after the last.
    case rivalCycled
    /// The class's weights were opened.
    case kernelsOpened
  }

  /// Begins at the place with the most evidence.
  init() {}

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    switch action {
    case .moved(let x, let y):
      guard let split = core.split else { return [] }
      let (row, column) = position(in: split)
      return reduce(.pointed(x: column + x, y: row + y), core)
    case .pointed(let x, let y):
      guard let places = core.split?.places else { return [] }
      placed = CellPosition(
        y: min(max(y, 0), places.height - 1), x: min(max(x, 0), places.width - 1))
    case .classMoved(let steps):
      let classes = core.evidenceClasses
      guard let current = core.selectedClass, let index = classes.firstIndex(of: current) else {
        return []
      }
      return [.classChosen(classes[min(max(index + steps, 0), classes.count - 1)])]
    case .asked(let index): return [.opened(.evidence), .classChosen(index)]
    case .rivalCycled:
      let others = core.evidenceClasses.filter { $0 != core.selectedClass }
      guard let rival = core.rival else { return [.rivalChosen(others.first)] }
      let next = (others.firstIndex(of: rival) ?? others.count) + 1
      return [.rivalChosen(next < others.count ? others[next] : nil)]
    case .kernelsOpened:
      guard let index = core.selectedClass, let position = core.layers.classifier else {
        return []
      }
      return [.layerSelected(position), .channelSelected(index), .opened(.kernels)]
    }
    return []
  }

  mutating func networkChanged(_ core: Core) { self = EvidenceScreen() }

  func numbers(_ core: Core) -> String? {
    guard let split = core.split, let index = core.selectedClass else { return nil }
    let (y, x) = position(in: split)
    return "\(core.model.checkpoint.label(index)) row \(y) column \(x): \(split.places[y, x]) "
      + "of \(split.recorded)"
  }

  /// Returns the cursor's row and column, within the map.
  func position(in split: EvidenceSplit) -> (y: Int, x: Int) {
    guard let placed else {
      let largest = split.places.largestPlace
      return (largest.row, largest.column)
    }
    return (min(placed.y, split.places.height - 1), min(placed.x, split.places.width - 1))
  }

  /// The part of a session for this screen: row and column; nil if nobody chose a place.
  struct Saved: SavedScreen {
    static let key = SavedKey.places
    let evidenceCell: [Int]?
  }

  func saved(_ core: Core) -> Saved? { Saved(evidenceCell: placed.map { [$0.y, $0.x] }) }

  mutating func restore(_ saved: Saved, _ core: Core) -> [String] {
    guard let cell = saved.evidenceCell else { return [] }
    // The places are those of the last layer with more than one, whichever layer is selected.
    let map = core.layers.last { $0.output.places > 1 }?.output
    guard cell.count == 2, 0..<(map?.height ?? 1) ~= cell[0], 0..<(map?.width ?? 1) ~= cell[1]
    else { return ["place \(cell.map(String.init).joined(separator: ","))"] }
    placed = CellPosition(y: cell[0], x: cell[1])
    return []
  }
}

extension Intent {
  /// Makes an intent of an action of this screen.
  static func evidence(_ action: EvidenceScreen.Action) -> Intent {
    .screen(ScreenAction(EvidenceScreen.self, action))
  }
}

extension Core {
  /// The classes to choose from: the most likely ones, at least five and as many as fit, and those
  /// found by name.
  var evidenceClasses: [Int] {
    let count = model.checkpoint.architecture.classes ?? 0
    // The evidence of the places is written below the classes.
    let rows = max(5, Layout.body(of: self).height - (Layout.isRoomy(size) ? 16 : 18))
    var classes = run?.trace.predictions(top: rows).map(\.classIndex) ?? []
    for index in [chosenClass, rival] {
      if let index, index < count, !classes.contains(index) { classes.append(index) }
    }
    return classes
  }

  /// The evidence of each place for the selected class, or for its lead over the rival.
  var split: EvidenceSplit? {
    guard let run, let index = selectedClass else { return nil }
    let count = model.checkpoint.architecture.classes ?? 0
    let rival = rival.flatMap { $0 < count && $0 != index ? $0 : nil }
    let key = EvidenceSplit.Key(
      model: model.number, run: run.number, classIndex: index, rival: rival)
    return splits.value(of: key) {
      EvidenceSplit(run.trace, checkpoint: model.checkpoint, classIndex: index, rival: rival)
    }
  }
}
