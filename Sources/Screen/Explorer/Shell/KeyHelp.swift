/// The help on the keys of a screen.
public struct KeyHelp: Equatable, Sendable {
  /// The screen; nil for keys that belong to none.
  let screen: ScreenID?
  /// The title of the group.
  public let title: String
  /// The keys, each with a sentence.
  public let keys: [Key]

  /// A key or a group of keys.
  public struct Key: Equatable, Sendable {
    /// The key in writing: `↑↓`.
    public let symbol: String
    /// The sentence on the key.
    public let sentence: String
  }

  /// The keys of all screens.
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

  /// Returns all keys, those of `screen` first and then those that work everywhere; those of
  /// streams only if one runs.
  static func all(for screen: ScreenID, isLive: Bool) -> [KeyHelp] {
    let shared = all.filter { $0.screen == nil && (isLive || $0.title != Self.live) }
    return all.filter { $0.screen == screen } + shared
      + all.filter { $0.screen != nil && $0.screen != screen }
  }

  private static let live = "Live"

  /// Returns the keys whose symbol, sentence or screen contains `query`; nil if there are none.
  func matching(_ query: String) -> KeyHelp? {
    let found = keys.filter {
      query.isEmpty
        || "\(title) \($0.symbol) \($0.sentence)".lowercased().contains(query.lowercased())
    }
    return found.isEmpty ? nil : KeyHelp(screen: screen, title: title, keys: found)
  }
}
