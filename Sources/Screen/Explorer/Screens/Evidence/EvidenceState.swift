import MobileNet
import Tensors

/// For which class the places of the photo are asked, and where the cursor is.
public struct EvidenceState: Equatable, Sendable {
  /// The class; nil for the most likely one.
  public var chosenClass: Int?
  /// The class that it is compared with.
  public var rival: Int?
  /// The cursor's row.
  public var y = 0
  /// The cursor's column.
  public var x = 0

  /// Asks for the most likely class.
  public init() {}
}

/// What can happen on the evidence screen.
public enum EvidenceAction: Equatable, Sendable {
  /// The cursor was moved by places.
  case moved(x: Int, y: Int)
  /// A place was pointed at.
  case pointed(x: Int, y: Int)
  /// The class before or after in the list was taken.
  case classMoved(by: Int)
  /// A class was chosen from the list.
  case classChosen(Int)
  /// It was asked on another screen what spoke for a class.
  case asked(classIndex: Int)
  /// The next class of the list was taken to compare with; none after the last.
  case rivalCycled
  /// The weights of the class were asked for.
  case kernelsOpened
}

/// Applies what happened on the evidence screen.
func reduce(_ state: inout ExplorerState, _ action: EvidenceAction) {
  switch action {
  case .moved(let x, let y):
    reduce(&state, EvidenceAction.pointed(x: state.evidence.x + x, y: state.evidence.y + y))
  case .pointed(let x, let y):
    guard let places = state.split?.places else { return }
    state.evidence.x = min(max(x, 0), places.width - 1)
    state.evidence.y = min(max(y, 0), places.height - 1)
  case .classMoved(let steps):
    let classes = state.evidenceClasses
    guard let current = state.selectedClass, let index = classes.firstIndex(of: current) else {
      return
    }
    let next = classes[min(max(index + steps, 0), classes.count - 1)]
    reduce(&state, EvidenceAction.classChosen(next))
  case .classChosen(let index):
    guard let count = state.model.checkpoint.architecture.classes, 0..<count ~= index else {
      return
    }
    state.evidence.chosenClass = index
    if state.evidence.rival == index { state.evidence.rival = nil }
  case .asked(let index):
    state.open(.evidence)
    reduce(&state, EvidenceAction.classChosen(index))
  case .rivalCycled:
    let others = state.evidenceClasses.filter { $0 != state.selectedClass }
    guard let rival = state.evidence.rival else {
      state.evidence.rival = others.first
      return
    }
    let next = (others.firstIndex(of: rival) ?? others.count) + 1
    state.evidence.rival = next < others.count ? others[next] : nil
  case .kernelsOpened:
    guard let index = state.selectedClass, let position = state.layers.classifier else { return }
    state.select(layer: position)
    state.select(channel: index)
    reduce(&state, KernelsAction.begun)
  }
}

extension ExplorerState {
  /// The class that a person asks about: the chosen one, or else the most likely.
  var selectedClass: Int? {
    guard let count = model.checkpoint.architecture.classes else { return nil }
    if let chosen = evidence.chosenClass, chosen < count { return chosen }
    return run?.value.predictions(top: 1).first?.classIndex
  }

  /// The classes to choose from: the five most likely, and those that were found by name.
  var evidenceClasses: [Int] {
    let count = model.checkpoint.architecture.classes ?? 0
    var classes = run?.value.predictions().map(\.classIndex) ?? []
    for index in [evidence.chosenClass, evidence.rival] {
      if let index, index < count, !classes.contains(index) { classes.append(index) }
    }
    return classes
  }

  /// What each place adds to the selected class, or to its lead over the other.
  var split: EvidenceSplit? {
    guard let trace = run?.value, let index = selectedClass else { return nil }
    let count = model.checkpoint.architecture.classes ?? 0
    let rival = evidence.rival.flatMap { $0 < count && $0 != index ? $0 : nil }
    return EvidenceSplit(trace, checkpoint: model.checkpoint, classIndex: index, rival: rival)
  }
}
