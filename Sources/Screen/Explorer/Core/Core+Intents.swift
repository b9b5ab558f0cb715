import MobileNet
import Research

extension Core {
  /// Does what is asked of what is under study; answers with what is to happen elsewhere.
  mutating func obey(_ intent: Intent) -> [Intent] {
    switch intent {
    case .layerMoved(let steps): select(layer: selection.layer + steps)
    case .layerSelected(let position): select(layer: position)
    case .channelMoved(let steps): select(channel: channel + steps)
    case .channelSelected(let channel): select(channel: channel)
    case .cellMoved(let x, let y): moveCursor(x: x, y: y)
    case .cellPointed(let x, let y): point(x: x, y: y)
    case .areaSwitched: switchArea()
    case .classChosen(let index): choose(class: index)
    case .rivalChosen(let index): rival = index

    case .albumMoved(let steps): moveTarget(by: steps)
    case .photoAsked(let path):
      coming = path
      message = Message("opening \(path) …")
    case .weightsAsked(let name, let said, let resolution):
      weights = ModelQuestion(name, said: said, resolution: resolution)
      message = Message("loading \(name) …")
    case .pathDropped(let path): dropped = path
    case .atlasChosen(let path): atlasPath = path
    case .patched(let part): return switchOff(part)
    case .patchChanged(let index, let patch):
      if patches.indices.contains(index) { patches[index] = patch }
    case .undone: _ = patches.popLast()
    case .live(let intent): return obey(intent)

    case .rangeCycled:
      view.range = view.range.next
      fixRange()
    case .curveCycled: view.curve = view.curve.next
    case .overlaySwitched: view.isOverlaid.toggle()
    case .colorMapCycled: view.colorMap = view.colorMap.next

    case .said(let message): self.message = message
    case .retried: answers.retry()
    case .layerShown, .opened, .closed, .wentBack, .screen, .copied, .mouseSwitched, .perform: break
    }
    return []
  }

  /// Goes to the layer at `position`, or the nearest there is; the cursor stays at its place.
  mutating func select(layer position: Int) {
    let last = layer.output
    selection.layer = min(max(position, 0), layers.count - 1)
    let hadArea = placed.corner != nil
    placed.carry(from: last, to: layer.output)
    if hadArea, placed.corner == nil {
      message = Message("\(layer.name) has a single place: no area is marked any more.")
    }
    keepChannel()
  }

  /// Shows `channel` of the selected layer, or the last there is.
  mutating func select(channel: Int) {
    selection.chosenChannels[layer.name] = min(max(channel, 0), layer.output.channels - 1)
  }

  /// Stays with the channel that is shown while the picture moves: another one may vary more in the
  /// next frame.
  mutating func keepChannel() {
    guard live != nil, let statistics, selection.chosenChannels[layer.name] == nil else { return }
    select(channel: statistics.mostCoherent)
  }

  private mutating func moveCursor(x: Int, y: Int) {
    if layer.output.places == 1 {
      select(channel: channel + y * planeShape.width + x)
    } else {
      point(x: cursor.x + x, y: cursor.y + y)
    }
  }

  private mutating func point(x: Int, y: Int) {
    let grid = planeShape
    guard layer.output.places > 1 else { return select(channel: y * grid.width + x) }
    placed.x = min(max(x, 0), grid.width - 1)
    placed.y = min(max(y, 0), grid.height - 1)
    placed.isPlaced = true
  }

  /// Lets an area begin at the cursor, then end there, and then gives it up.
  private mutating func switchArea() {
    let cell = cursor
    point(x: cell.x, y: cell.y)
    if placed.corner == nil {
      placed.corner = placed.position
      message = Message("An area begins here: the arrows widen it, v keeps it, x switches it off.")
    } else if placed.end == nil {
      placed.end = placed.position
      message = Message("The area is marked: x switches it off, v gives it up.")
    } else {
      placed.forgetArea()
      message = Message("No area is marked any more.")
    }
  }

  private mutating func choose(class index: Int) {
    guard let count = model.checkpoint.architecture.classes, 0..<count ~= index else { return }
    chosenClass = index
    if rival == index { rival = nil }
  }

  /// Moves the image that is to be shown next: every press counts, and what lies between is not read.
  private mutating func moveTarget(by steps: Int) {
    guard let path = album.path(steps, from: coming) else {
      message = Message(steps < 0 ? "This is the first image." : "This is the last image.")
      return
    }
    coming = path == album.path ? nil : path
    message = coming.map { Message("opening \($0) …") }
  }

  private mutating func switchOff(_ part: Patch) -> [Intent] {
    guard original != nil else { return [] }
    guard layers.canBePatched(part.layer) else {
      let reason =
        layers.classifier.map { "Only what comes before \(layers[$0].name) can be switched off." }
        ?? "The network has no classifier, so there is no answer to change."
      message = Message(reason, isError: true)
      return []
    }
    if let known = patches.first(where: { $0.layer == part.layer && $0.part == part.part }) {
      let how = known.change == .off ? "off" : "patched"
      message = Message("That is \(how) already; u turns it on again.")
    } else {
      patches.append(part)
    }
    return [.opened(.ablation)]
  }
}

extension CaseIterable where Self: Equatable {
  /// The case after this one; the first after the last.
  var next: Self { Array(Self.allCases).element(1, after: self) }
}

extension Int {
  /// The index `steps` further on among `count`, round and round.
  func stepped(by steps: Int, among count: Int) -> Int { ((self + steps) % count + count) % count }
}

extension Array where Element: Equatable {
  /// The element that is `steps` behind `element`, or behind the first if that is none of them; after
  /// the last comes the first.
  func element(_ steps: Int, after element: Element) -> Element {
    self[(firstIndex(of: element) ?? 0).stepped(by: steps, among: count)]
  }
}
