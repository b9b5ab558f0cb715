import MobileNet
import Reports
import Research

extension ScreenID { static let find = ScreenID("find") }

/// A search line over the screen before, with the layers, classes and channels that match.
struct FindScreen: Screen {
  static let id = ScreenID.find
  static let title = "Find"
  static let isMenu = true
  static let isOverlay = true

  /// The typed text; a command if it begins with a colon.
  var query = ""
  /// The index of the find under the cursor.
  var cursor = 0
  /// Whether the typed command was refused.
  var isRefused = false

  /// The screen's actions.
  enum Action: Equatable, Sendable {
    /// The search was begun with this text.
    case began(String)
    /// A letter was typed.
    case typed(Character)
    /// The last letter was deleted; without one, the search was left.
    case erased
    /// The cursor was moved by finds.
    case moved(by: Int)
    /// A find was pointed at, to go there.
    case pointed(Int)
    /// The find under the cursor, or the typed command, was chosen.
    case chosen
    /// The find after or before the last one chosen was asked for.
    case repeated(by: Int)
  }

  /// A match of the search.
  enum Find: Equatable {
    /// A layer, counted from 0.
    case layer(Int)
    /// A class.
    case classIndex(Int)
    /// The channels that separate a class of the atlas, or any class, from the others.
    case channels(ChannelAtlas.Filter)
  }

  /// Begins with nothing typed.
  init() {}

  /// The command without its colon, if one is typed.
  var command: String? { query.first == ":" ? String(query.dropFirst()) : nil }

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    switch action {
    case .began(let text):
      self = FindScreen()
      query = text
      return [.opened(.find)]
    case .typed(let character):
      // After a refused command, a colon begins a new one.
      if isRefused, character == ":" { query = "" }
      isRefused = false
      query.append(character)
      cursor = 0
    case .erased:
      cursor = 0
      isRefused = false
      if query.popLast() == nil { return [.closed(.find)] }
    case .moved(let steps):
      cursor = min(max(cursor + steps, 0), max(0, finds(core).count - 1))
    case .pointed(let index):
      cursor = index
      return reduce(.chosen, core)
    case .chosen:
      if let command { return obey(command, core) }
      let finds = finds(core)
      guard finds.indices.contains(cursor) else {
        return [.said(Message("Nothing is called \(query).", isError: true))]
      }
      return [.closed(.find)] + go(to: finds[cursor], core)
    case .repeated(let steps):
      let finds = finds(core)
      guard !finds.isEmpty else { return [] }
      cursor = cursor.stepped(by: steps, among: finds.count)
      return go(to: finds[cursor], core)
    }
    return []
  }

  func typed(_ character: Character, _ core: Core) -> Intent? { .find(.typed(character)) }

  /// Returns the layers, classes and channels that match the typed text, the best first.
  func finds(_ core: Core) -> [Find] {
    guard !query.isEmpty, command == nil else { return [] }
    let layers = core.layers.enumerated().map { (Find.layer($0.offset), $0.element.name) }
    let classes = core.model.checkpoint.labels.enumerated().map {
      (Find.classIndex($0.offset), $0.element)
    }
    let (name, least) = leastArea
    let channels = (core.atlas?.classes ?? []).enumerated().map {
      (Find.channels(.init(classIndex: $0.offset, least: least)), $0.element)
    }
    let found =
      (layers + classes).compactMap { find, own in
        FuzzyMatch.score(query, in: own).map { (find: find, score: $0) }
      }
      + channels.compactMap { find, own in
        name.isEmpty ? nil : FuzzyMatch.score(name, in: own).map { (find: find, score: $0) }
      }
    let any: [Find] =
      name.isEmpty && core.atlas != nil ? [.channels(.init(classIndex: nil, least: least))] : []
    return any + descending(found.map { Double($0.score) }).map { found[$0].find }
  }

  /// The typed text without the least AUC at its end, and that AUC: `fox 0.95`, or `0.9` for any
  /// class.
  private var leastArea: (name: String, least: Double?) {
    let words = query.split(separator: " ")
    guard let last = words.last, last.contains("."), let area = Double(last), 0...1 ~= area else {
      return (query, nil)
    }
    return (words.dropLast().joined(separator: " "), area)
  }

  /// Returns the name of a find.
  func name(of find: Find, _ core: Core) -> String {
    switch find {
    case .layer(let position): core.layers[position].name
    case .classIndex(let index): core.model.checkpoint.label(index)
    case .channels(let filter):
      [
        filter.classIndex.map { core.atlas?.classes[$0] ?? "" } ?? "any class",
        filter.least.map { "AUC \(NumberText.fixed($0, 2)) and more" },
      ].compactMap(\.self).joined(separator: ", ")
    }
  }

  private func go(to find: Find, _ core: Core) -> [Intent] {
    switch find {
    case .layer(let position): return [.layerSelected(position), .layerShown]
    case .classIndex(let index): return [.evidence(.asked(classIndex: index))]
    case .channels(let filter):
      // For any class, the selected layer if it has such channels, otherwise the layer with the
      // best one.
      return layer(for: filter, core).map { [.layerSelected($0), .grid(.filtered(filter))] }
        ?? [.said(Message("No channel is for \(name(of: find, core)).", isError: true))]
    }
  }

  private func layer(for filter: ChannelAtlas.Filter, _ core: Core) -> Int? {
    guard let atlas = core.atlas else { return nil }
    func hasSome(_ name: String) -> Bool { !atlas.channels(filter, of: name).isEmpty }
    if filter.classIndex == nil, hasSome(core.layer.name) { return core.selection.layer }
    let best = atlas.bestLayer(for: filter.classIndex)
    guard let best, hasSome(best) else { return nil }
    return core.layers.firstIndex { $0.name == best }
  }

  private mutating func obey(_ text: String, _ core: Core) -> [Intent] {
    do {
      switch try Command(text, in: core) {
      case .layer(let position): return [.closed(.find), .layerSelected(position), .layerShown]
      case .channel(let channel): return [.closed(.find), .channelSelected(channel), .layerShown]
      case .place(let row, let column):
        return [.closed(.find), .zoom(.entered(x: column, y: row))]
      }
    } catch {
      isRefused = true
      return [.said(Message(error.text, isError: true))]
    }
  }
}

extension Intent {
  /// Makes an intent of an action of this screen.
  static func find(_ action: FindScreen.Action) -> Intent {
    .screen(ScreenAction(FindScreen.self, action))
  }
}
