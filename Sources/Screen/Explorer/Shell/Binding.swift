import Cells
import Foundation

/// A binding of keys to an intent; the keyboard, the footer and the help all read bindings.
public struct Binding: Sendable {
  /// The bound keys.
  public let keys: [Key]
  /// The keys in writing: `↑↓`.
  public let symbol: String
  /// One word for the footer; nil to list the binding in the help only.
  public let label: String?
  /// The binding's rank in the footer.
  public let rank: Rank
  /// The sentence in the help.
  public let help: String
  /// The intent of the pressed key; nil if that does nothing now.
  public let action: @Sendable (Key, ExplorerState) -> Intent?
  /// Whether the footer names the binding; elsewhere its key says why it does nothing.
  private(set) var isNamed: @Sendable (ExplorerState) -> Bool = { _ in true }

  /// The ranks in the footer; within a rank, bindings keep their order.
  public enum Rank: Sendable {
    /// Shown as long as there is room.
    case first
    /// Shown if there is room left after `first`.
    case second
    /// Always shown, at the end.
    case last
  }

  /// Binds `keys` to the intent that `action` returns.
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
  /// Binds `keys` to the intent that `action` returns for a step: −1 for the first, the third and
  /// so on, 1 for the others.
  init(
    steps keys: [Key], _ symbol: String, label: String? = nil, rank: Rank = .first, help: String,
    action: @escaping @Sendable (_ step: Int, ExplorerState) -> Intent?
  ) {
    self.init(keys, symbol, label: label, rank: rank, help: help) { key, state in
      keys.firstIndex(of: key).flatMap { action($0 % 2 == 0 ? -1 : 1, state) }
    }
  }

  /// Returns the same binding, active only where `holds` returns true.
  func only(_ holds: @escaping @Sendable (ExplorerState) -> Bool) -> Binding {
    Binding(keys, symbol, label: label, rank: rank, help: help) { [action] key, state in
      holds(state) ? action(key, state) : nil
    }
    .named(isNamed)
  }

  /// Returns the same binding, which the footer names only where `holds` returns true.
  func named(_ holds: @escaping @Sendable (ExplorerState) -> Bool) -> Binding {
    var binding = self
    binding.isNamed = holds
    return binding
  }
}

extension ExplorerState {
  /// Returns the intent of `key` on the screen on top; nil if it does nothing.
  public func intent(for key: Key) -> Intent? {
    // While a person types, letters are text.
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

  /// Returns the message that an unknown key does nothing; nil for keys without a name.
  public func answer(toUnknown key: Key) -> Intent? {
    if let own = screen.type.shortcuts.first(where: { $0.keys.contains(keys[key] ?? key) }) {
      return .said(Message("\(own.symbol) leads to this screen; Esc goes back."))
    }
    let name: String? =
      switch key {
      case .character(let character) where !character.isWhitespace: String(character)
      case .function(let number): "F\(number)"
      default: nil
      }
    return name.map { .said(Message("\($0) does nothing here; ? lists the keys.")) }
  }

  /// The message for a person who asks for another image during a stream.
  private static let refusal = Intent.said(
    Message("A stream is shown; for images start mobilenet-explorer without live.", isError: true))

  /// Returns the intents of pasting `text`: a path is opened, other text is typed where a person
  /// types.
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

  /// The bindings in effect: those of a running stream first, then the screen's own and the shared
  /// ones.
  var bindings: [Binding] {
    (core.live == nil ? [] : Bindings.live) + screen.type.bindings + Bindings.everywhere
  }
}
