import Cells
import Research

/// A screen: its state, its keys, the questions that it asks, and its drawing.
///
/// A new screen is a folder beside the others with a type like this, and a line in `Registry`. A
/// screen never writes the core: it returns intents, and the shell carries them out.
protocol Screen: Equatable, Sendable {
  /// The screen's actions.
  associatedtype Action: Equatable & Sendable = Never
  /// The screen's part of a session.
  associatedtype Saved: SavedScreen = NothingSaved

  /// The name in sessions and for other screens.
  static var id: ScreenID { get }
  /// The title in the help.
  static var title: String { get }
  /// Whether the screen closes once something is chosen; sessions do not restore it.
  static var isMenu: Bool { get }
  /// Whether the screen below stays visible.
  static var isOverlay: Bool { get }
  /// Whether the screen is about the one below it, and closes when that is left.
  static var isAboutBelow: Bool { get }
  /// Whether the screen shows the selected layer, so that finding a layer does not leave it.
  static var showsLayer: Bool { get }
  /// Whether the screen shows the network as patched; others show it whole, or none.
  static var showsPatches: Bool { get }
  /// The keys that open the screen, or use it, from every other screen.
  static var shortcuts: [Binding] { get }
  /// The keys of the screen, besides those that work everywhere.
  static var bindings: [Binding] { get }

  /// Makes the screen's first state.
  init()

  /// Called when the screen is opened over the screen `below`; returns intents.
  mutating func opened(_ core: Core, over below: ScreenID) -> [Intent]

  /// Performs an action; returns intents for core, shell and other screens.
  mutating func reduce(_ action: Action, _ core: Core) -> [Intent]

  /// Whether the screen fills the terminal, without header and footer.
  var fillsTerminal: Bool { get }

  /// Whether the screen has nothing to show yet, so that sessions do not restore it.
  var isEmpty: Bool { get }

  /// Returns the questions whose answers the screen needs; called after every change while the
  /// screen is open.
  func wants(_ core: Core) -> [AnyQuestion]

  /// Called when the answer to a question is complete, or has failed; returns intents.
  mutating func heard(_ question: AnyQuestion, _ core: Core) -> [Intent]

  /// Called when another network is under study.
  mutating func networkChanged(_ core: Core)

  /// Called when another photo or network is under study.
  mutating func subjectChanged(_ core: Core)

  /// Returns the intent of a letter while the person types; nil if letters are keys.
  func typed(_ character: Character, _ core: Core) -> Intent?

  /// Returns the intent of a pasted path; nil to open the path as usual.
  func pasted(path: String) -> Intent?

  /// Returns, in words, the things that would be lost with the network or on leaving the program.
  func losses(_ core: Core) -> [String]

  /// Returns the numbers under the cursor, for the clipboard; nil for those of the selected
  /// channel.
  func numbers(_ core: Core) -> String?

  /// Returns the screen's content in short sentences, for people who hear it.
  ///
  /// A sentence keeps its index in the list, so that only changed ones are spoken.
  func sentences(_ core: Core) -> [String]

  /// Draws the part between the header and the footer.
  func draw(_ core: Core, in area: Rect, of frame: inout Frame)

  /// Returns the screen's part of a session; nil for nothing.
  func saved(_ core: Core) -> Saved?

  /// Restores the state from a session; returns what is missing.
  mutating func restore(_ saved: Saved, _ core: Core) -> [String]
}

extension Screen {
  static var isMenu: Bool { false }
  static var isOverlay: Bool { false }
  static var isAboutBelow: Bool { false }
  static var showsLayer: Bool { false }
  static var showsPatches: Bool { true }
  static var shortcuts: [Binding] { [] }
  static var bindings: [Binding] { [] }

  mutating func opened(_ core: Core, over below: ScreenID) -> [Intent] { [] }
  var fillsTerminal: Bool { false }
  var isEmpty: Bool { false }
  func wants(_ core: Core) -> [AnyQuestion] { [] }
  mutating func heard(_ question: AnyQuestion, _ core: Core) -> [Intent] { [] }
  mutating func networkChanged(_ core: Core) {}
  mutating func subjectChanged(_ core: Core) {}
  func typed(_ character: Character, _ core: Core) -> Intent? { nil }
  func pasted(path: String) -> Intent? { nil }
  func losses(_ core: Core) -> [String] { [] }
  func numbers(_ core: Core) -> String? { nil }
  func saved(_ core: Core) -> Saved? { nil }
  mutating func restore(_ saved: Saved, _ core: Core) -> [String] { [] }
}

extension Screen where Action == Never {
  mutating func reduce(_ action: Never, _ core: Core) -> [Intent] {}
}

/// The identifier of a screen, used in sessions.
public struct ScreenID: Hashable, Sendable, CustomStringConvertible {
  /// The screen's name.
  public let description: String

  /// Makes the identifier of a screen.
  init(_ name: String) { description = name }

  /// The identifiers of all screens.
  static var allCases: [ScreenID] { Registry.screens.map { $0.id } }

  /// The screen's type; the home screen's for an unknown name.
  var type: any Screen.Type { Registry.byID[self] ?? HomeScreen.self }
}

/// An action of a screen.
public struct ScreenAction: Equatable, Sendable {
  /// The screen.
  let screen: ScreenID
  /// The action, of the screen's own type.
  let action: any Equatable & Sendable

  /// Makes an action of `screen`.
  init<S: Screen>(_ screen: S.Type, _ action: S.Action) {
    self.screen = screen.id
    self.action = action
  }

  /// Returns whether both are the same action of the same screen.
  public static func == (first: Self, second: Self) -> Bool {
    func isEqual<A: Equatable>(_ action: A) -> Bool { second.action as? A == action }
    return first.screen == second.screen && isEqual(first.action)
  }
}

extension Screen {
  func isEqual(to other: any Screen) -> Bool { other as? Self == self }

  mutating func perform(_ action: any Equatable & Sendable, _ core: Core) -> [Intent] {
    (action as? Action).map { reduce($0, core) } ?? []
  }
}
