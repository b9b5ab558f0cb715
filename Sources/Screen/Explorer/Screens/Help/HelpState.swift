/// Where a person is in the list of keys.
public struct HelpState: Equatable, Sendable {
  /// Whether letters go to the search.
  public var isSearching = false
  /// What is searched for; the list shows lines that contain it.
  public var query = ""
  /// The first line shown.
  public var scroll = 0

  /// Begins at the top, with everything listed.
  public init() {}
}

/// What can happen on the help screen.
public enum HelpAction: Equatable, Sendable {
  /// A search was begun, or ended with what it had found.
  case searched(Bool)
  /// A character was added to the search.
  case typed(Character)
  /// The last character of the search was taken away.
  case erased
  /// The list was scrolled by lines.
  case scrolled(by: Int)
}

/// Applies what happened on the help screen.
func reduce(_ state: inout HelpState, _ action: HelpAction) {
  switch action {
  case .searched(let isSearching):
    state.isSearching = isSearching
  case .typed(let character):
    state.query.append(character)
    state.scroll = 0
  case .erased:
    _ = state.query.popLast()
    state.scroll = 0
  case .scrolled(let lines):
    state.scroll = max(0, state.scroll + lines)
  }
}
