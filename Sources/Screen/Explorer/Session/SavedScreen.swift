/// What a session keeps of a screen.
protocol SavedScreen: Codable, Sendable {
  /// The part of a session that it stands in.
  static var key: SavedKey { get }

  /// Says of every file that it names where it is, as `path` answers.
  mutating func locateFiles(_ path: (String) -> String)
}

extension SavedScreen {
  static var key: SavedKey { .own }
  mutating func locateFiles(_ path: (String) -> String) {}
}

/// The part of a session that a screen's things stand in.
enum SavedKey: Sendable {
  /// A part of its own, called as the screen is; sessions of before the screen was made have none.
  case own
  /// "places", which the first screens share with what is under study.
  case places
}

/// Nothing: the screen begins anew.
struct NothingSaved: SavedScreen {}

/// What a session keeps of all screens.
struct SavedScreens: Sendable {
  private(set) var screens: [ScreenID: any SavedScreen] = [:]

  init(_ state: ExplorerState) {
    for id in ScreenID.allCases { screens[id] = state[id].anySaved(state.core) }
  }

  /// Reads the parts of `session` that are there.
  init(from session: KeyedDecodingContainer<SavedSession.Key>) throws {
    for type in Registry.screens {
      let key = SavedSession.Key(type.savedKey)
      guard !type.savesNothing, session.contains(key) else { continue }
      screens[type.id] = try type.decode(from: session.superDecoder(forKey: key))
    }
  }

  /// Writes them, those of one part into `places`.
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

  /// Lets every screen go back to what was kept; answers with what is not there any more.
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
