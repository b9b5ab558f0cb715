import MobileNet

/// What is searched for, and which of the finds is under the cursor.
public struct FindState: Equatable, Sendable {
  /// What was typed; a command when it begins with a colon.
  public var query = ""
  /// The find under the cursor.
  public var cursor = 0
  /// Whether what stands there was a command that could not be obeyed.
  var isRefused = false

  /// Nothing typed yet.
  public init() {}

  /// The command without its colon, if one is typed.
  var command: String? { query.first == ":" ? String(query.dropFirst()) : nil }
}

/// Something that has a name.
enum Find: Equatable {
  /// A layer, counted from 0.
  case layer(Int)
  /// A class.
  case classIndex(Int)
}

/// What can happen while something is searched for.
public enum FindAction: Equatable, Sendable {
  /// The search was begun, with a text that stands there already.
  case begun(String)
  /// A letter was typed.
  case typed(Character)
  /// The last letter was taken away; from nothing, the search is left.
  case erased
  /// The cursor was moved by finds.
  case moved(by: Int)
  /// A find was pointed at and is to be gone to.
  case pointed(Int)
  /// The find under the cursor, or the command, was chosen.
  case chosen
  /// The find after or before the one last gone to was asked for.
  case repeated(by: Int)
}

/// Applies what happened while something was searched for.
func reduce(_ state: inout ExplorerState, _ action: FindAction) {
  switch action {
  case .begun(let text):
    state.find.query = text
    state.find.cursor = 0
    state.find.isRefused = false
    state.open(.find)
  case .typed(let character):
    // After a command that was none, a colon begins the next.
    if state.find.isRefused, character == ":" { state.find.query = "" }
    state.find.isRefused = false
    state.find.query.append(character)
    state.find.cursor = 0
  case .erased:
    state.find.cursor = 0
    state.find.isRefused = false
    if state.find.query.popLast() == nil { state.leaveScreen() }
  case .moved(let steps):
    state.find.cursor = min(max(state.find.cursor + steps, 0), max(0, state.finds.count - 1))
  case .pointed(let index):
    state.find.cursor = index
    reduce(&state, FindAction.chosen)
  case .chosen:
    if let command = state.find.command {
      state.obey(command)
    } else if state.finds.indices.contains(state.find.cursor) {
      state.leaveScreen()
      state.go(to: state.finds[state.find.cursor])
    } else {
      state.message = Message("Nothing is called \(state.find.query).", isError: true)
    }
  case .repeated(let steps):
    let finds = state.finds
    guard !finds.isEmpty else { return }
    state.find.cursor = state.find.cursor.stepped(by: steps, among: finds.count)
    state.go(to: finds[state.find.cursor])
  }
}

extension ExplorerState {
  /// The layers and classes whose names fit what was typed, the best first.
  var finds: [Find] {
    guard !find.query.isEmpty, find.command == nil else { return [] }
    let layers = layers.enumerated().map { (Find.layer($0.offset), $0.element.name) }
    let classes = model.checkpoint.labels.enumerated().map {
      (Find.classIndex($0.offset), $0.element)
    }
    let found = (layers + classes).compactMap { find, name in
      FuzzyMatch.score(self.find.query, in: name).map { (find: find, score: $0) }
    }
    return descending(found.map { Double($0.score) }).map { found[$0].find }
  }

  /// What a find is called.
  func name(of find: Find) -> String {
    switch find {
    case .layer(let position): layers[position].name
    case .classIndex(let index): model.checkpoint.label(index)
    }
  }

  /// Goes to the layers from screens that are about something else.
  private mutating func showLayer() {
    if ![Screen.ID.home, .grid, .zoom, .kernels].contains(screen) { open(.home) }
  }

  fileprivate mutating func go(to find: Find) {
    switch find {
    case .layer(let position):
      select(layer: position)
      showLayer()
    case .classIndex(let index):
      reduce(&self, EvidenceAction.asked(classIndex: index))
    }
  }

  fileprivate mutating func obey(_ text: String) {
    do {
      let command = try Command(text, in: self)
      leaveScreen()
      switch command {
      case .layer(let position):
        select(layer: position)
        showLayer()
      case .channel(let channel):
        select(channel: channel)
        showLayer()
      case .cell(let row, let column):
        _ = reduce(&self, ZoomAction.entered(x: column, y: row))
      }
    } catch {
      find.isRefused = true
      message = Message(error.text, isError: true)
    }
  }
}
