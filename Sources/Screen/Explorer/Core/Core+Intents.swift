import MobileNet
import Research

extension Core {
  /// Carries out an intent on what is under study; returns further intents for screens and shell.
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

  /// Selects the layer at `position`, or the nearest that exists; the cursor keeps its relative
  /// position.
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

  /// Selects `channel` of the selected layer, or the nearest that exists.
  mutating func select(channel: Int) {
    selection.chosenChannels[layer.name] = min(max(channel, 0), layer.output.channels - 1)
  }

  /// On a stream, keeps the shown channel selected: in the next frame another one may vary more.
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

  /// Begins an area at the cursor; the next time ends it there, and after that removes it.
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

  /// Moves the image to show next.
  ///
  /// Presses add up, and images skipped on the way are not read.
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
  /// The next case; after the last comes the first.
  var next: Self { Array(Self.allCases).element(1, after: self) }
}

extension Int {
  /// Returns the index `steps` further among `count`, wrapping around at the ends.
  func stepped(by steps: Int, among count: Int) -> Int { ((self + steps) % count + count) % count }
}

extension Array where Element: Equatable {
  /// Returns the element `steps` behind `element`, wrapping around at the ends; counts from the
  /// first if `element` is absent.
  func element(_ steps: Int, after element: Element) -> Element {
    self[(firstIndex(of: element) ?? 0).stepped(by: steps, among: count)]
  }
}
