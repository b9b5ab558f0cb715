/// What the keys of a screen do, in words.
public struct KeyHelp: Equatable, Sendable {
  /// Which screen it is; nil for what does not belong to one.
  let screen: ScreenID?
  /// What the screen is called.
  public let title: String
  /// How each key or group of keys is written, and a sentence on what it does.
  public let keys: [Key]

  /// A key or a group of keys.
  public struct Key: Equatable, Sendable {
    /// How it is written: `↑↓`.
    public let symbol: String
    /// A sentence on what it does.
    public let sentence: String
  }

  /// Every key of every screen.
  public static let all: [KeyHelp] = {
    let groups: [(ScreenID?, String, [Binding])] =
      ScreenID.allCases.map { ($0, $0.type.title, $0.type.bindings) }
      + [(nil, live, Bindings.live), (nil, "Everywhere", Bindings.everywhere)]
    return groups.map { screen, title, bindings in
      KeyHelp(
        screen: screen, title: title,
        keys: bindings.map { Key(symbol: $0.symbol, sentence: $0.help) })
    }
  }()

  /// The same, the keys of `screen` and those that work everywhere first; those of streams only where
  /// one runs.
  static func all(for screen: ScreenID, isLive: Bool) -> [KeyHelp] {
    let shared = all.filter { $0.screen == nil && (isLive || $0.title != Self.live) }
    return all.filter { $0.screen == screen } + shared
      + all.filter { $0.screen != nil && $0.screen != screen }
  }

  private static let live = "Live"

  /// The keys whose symbol, sentence or screen contains `query`; nil if there are none.
  func matching(_ query: String) -> KeyHelp? {
    let found = keys.filter {
      query.isEmpty
        || "\(title) \($0.symbol) \($0.sentence)".lowercased().contains(query.lowercased())
    }
    return found.isEmpty ? nil : KeyHelp(screen: screen, title: title, keys: found)
  }
}
