/// What the keys of a screen do, in words.
public struct KeyHelp: Equatable, Sendable {
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
    let groups = Screen.ID.allCases.map { ($0.definition.title, $0.definition.bindings) }
    let others = [("Live", Bindings.live), ("Everywhere", Bindings.everywhere)]
    return (groups + others).map { title, bindings in
      KeyHelp(
        title: title, keys: bindings.map { Key(symbol: $0.symbol, sentence: $0.help) })
    }
  }()

  /// The keys whose symbol, sentence or screen contains `query`; nil if there are none.
  func matching(_ query: String) -> KeyHelp? {
    let found = keys.filter {
      query.isEmpty
        || "\(title) \($0.symbol) \($0.sentence)".lowercased().contains(query.lowercased())
    }
    return found.isEmpty ? nil : KeyHelp(title: title, keys: found)
  }
}
