import Cells
import Foundation

/// What a key does on a screen; the footer, the help and the keyboard are all read from these.
public struct Binding: Sendable {
  /// The keys that do it.
  public let keys: [Key]
  /// How the keys are written: `↑↓`.
  public let symbol: String
  /// One word for the footer; nil for what only the help lists.
  public let label: String?
  /// How early the footer shows it.
  public let rank: Rank
  /// A sentence for the help.
  public let help: String
  /// What it does; a binding for several keys looks at which one it was.
  public let action: @Sendable (Key, ExplorerState) -> Intent?

  /// Where the footer shows a binding, among others in the order of the bindings.
  public enum Rank: Sendable {
    /// As long as there is room.
    case first
    /// If there is room left.
    case second
    /// At the end, always.
    case last
  }

  /// Binds `keys` to what `action` answers with.
  public init(
    _ keys: [Key], _ symbol: String, label: String? = nil, rank: Rank = .first, help: String,
    action: @escaping @Sendable (Key, ExplorerState) -> Intent?
  ) {
    self.keys = keys
    self.symbol = symbol
    self.label = label
    self.rank = rank
    self.help = help
    self.action = action
  }

  /// Binds `keys` to `action`.
  public init(
    _ keys: [Key], _ symbol: String, label: String? = nil, rank: Rank = .first, help: String,
    action: Intent
  ) {
    self.init(keys, symbol, label: label, rank: rank, help: help) { _, _ in action }
  }
}

extension Binding {
  /// Binds `keys`, of which the first, the third and so on are a step back and the others one forth,
  /// to what `action` makes of the step.
  init(
    steps keys: [Key], _ symbol: String, label: String? = nil, rank: Rank = .first, help: String,
    action: @escaping @Sendable (_ step: Int, ExplorerState) -> Intent?
  ) {
    self.init(keys, symbol, label: label, rank: rank, help: help) { key, state in
      keys.firstIndex(of: key).flatMap { action($0 % 2 == 0 ? -1 : 1, state) }
    }
  }

  /// The same, where `holds` says so; elsewhere its keys mean nothing.
  func only(_ holds: @escaping @Sendable (ExplorerState) -> Bool) -> Binding {
    Binding(keys, symbol, label: label, rank: rank, help: help) { [action] key, state in
      holds(state) ? action(key, state) : nil
    }
  }
}

extension ExplorerState {
  /// What `key` asks for on the screen that is shown; nil for nothing.
  public func intent(for key: Key) -> Intent? {
    // Where a person types, letters are text and not keys.
    if case .character(let character) = key, let intent = self[screen].typed(character, core) {
      return intent
    }
    let key = keys[key] ?? key
    for binding in bindings where binding.keys.contains(key) {
      if let intent = binding.action(key, self) { return intent }
    }
    let opens = [Key.character("o"), .character("["), .character("]")].contains(key)
    return opens && core.live != nil ? Self.refusal : nil
  }

  /// What is said about a key that means nothing on the screen that is shown; nil for those that
  /// have no name.
  public func answer(toUnknown key: Key) -> Intent? {
    let name: String? =
      switch key {
      case .character(let character) where !character.isWhitespace: String(character)
      case .function(let number): "F\(number)"
      default: nil
      }
    return name.map { .said(Message("\($0) does nothing here; ? lists the keys.")) }
  }

  /// What is said to somebody who asks for another image while a stream is shown.
  private static let refusal = Intent.said(
    Message("A stream is shown; for images start mobilenet-explorer without live.", isError: true))

  /// What pasting `text` means: a path is opened, other text is typed where a person types.
  public func intents(pasting text: String) -> [Intent] {
    let path = PastedPath.path(in: text)
    if let path {
      let own = self[screen].pasted(path: path)
      if own != nil || self[screen].typed("/", core) == nil {
        return [core.live != nil ? Self.refusal : own ?? .pathDropped(path)]
      }
    }
    let line = text.trimmingCharacters(in: .whitespacesAndNewlines)
    return line.filter { !$0.isNewline }.compactMap { self[screen].typed($0, core) }
  }

  /// The bindings that hold now, those of a running stream first and then the screen's own.
  var bindings: [Binding] {
    (core.live == nil ? [] : Bindings.live) + screen.type.bindings + Bindings.everywhere
  }
}
