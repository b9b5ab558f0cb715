/// The part of a session for one screen.
protocol SavedScreen: Codable, Sendable {
  /// The key of the part in the session file.
  static var key: SavedKey { get }

  /// Replaces each path in the part by the result of `path`.
  mutating func locateFiles(_ path: (String) -> String)
}

extension SavedScreen {
  static var key: SavedKey { .own }
  mutating func locateFiles(_ path: (String) -> String) {}
}

/// The keys in a session file under which a screen's part can stand.
enum SavedKey: Sendable {
  /// Under a key of its own, the screen's name; sessions from before the screen existed lack it.
  case own
  /// Under "places", which the first screens share with the core.
  case places
}

/// The part of a screen that keeps nothing.
struct NothingSaved: SavedScreen {}

/// The parts of a session for all screens.
struct SavedScreens: Sendable {
  private(set) var screens: [ScreenID: any SavedScreen] = [:]

  init(_ state: ExplorerState) {
    for id in ScreenID.allCases { screens[id] = state[id].anySaved(state.core) }
  }

  /// Reads the parts that `session` contains.
  init(from session: KeyedDecodingContainer<SavedSession.Key>) throws {
    for type in Registry.screens {
      let key = SavedSession.Key(type.savedKey)
      guard !type.savesNothing, session.contains(key) else { continue }
      screens[type.id] = try type.decode(from: session.superDecoder(forKey: key))
    }
  }

  /// Writes the parts, those that share "places" into `places`.
  func encode(
    to session: inout KeyedEncodingContainer<SavedSession.Key>, places: any Encoder
  ) throws {
    for type in Registry.screens {
      guard let saved = screens[type.id] else { continue }
      let isShared = type.savedKey == SavedSession.Key.places.stringValue
      let own = SavedSession.Key(type.savedKey)
      try saved.encode(to: isShared ? places : session.superEncoder(forKey: own))
    }
  }

  mutating func locateFiles(_ path: (String) -> String) {
    for id in screens.keys { screens[id]?.locateFiles(path) }
  }

  /// Restores every screen; returns what is missing.
  func restore(_ state: inout ExplorerState) -> [String] {
    ScreenID.allCases.flatMap { id in
      guard let saved = screens[id] else { return [String]() }
      return state.update(id) { $0.restoreAny(saved, $1) }
    }
  }
}

extension Screen {
  fileprivate static var savesNothing: Bool { Saved.self == NothingSaved.self }

  fileprivate static var savedKey: String {
    switch Saved.key {
    case .own: id.description
    case .places: SavedSession.Key.places.stringValue
    }
  }

  fileprivate static func decode(from decoder: any Decoder) throws -> any SavedScreen {
    try Saved(from: decoder)
  }

  fileprivate func anySaved(_ core: Core) -> (any SavedScreen)? {
    Self.savesNothing ? nil : saved(core)
  }

  fileprivate mutating func restoreAny(_ saved: any SavedScreen, _ core: Core) -> [String] {
    (saved as? Saved).map { restore($0, core) } ?? []
  }
}
