import Cells
import Research

/// A screen: what it remembers, what its keys do, what it wants to know and how it looks.
///
/// A new screen is a folder beside the others with a type like this, and a line in `Registry`. It
/// never writes what is under study: it says what is to happen (`Intent`), and the shell does it.
protocol Screen: Equatable, Sendable {
  /// Its actions.
  associatedtype Action: Equatable & Sendable = Never
  /// Its part of a session.
  associatedtype Saved: SavedScreen = NothingSaved

  /// What sessions and other screens call it.
  static var id: ScreenID { get }
  /// What the help calls it.
  static var title: String { get }
  /// Whether it is left again once something is chosen; sessions don't come back to it.
  static var isMenu: Bool { get }
  /// Whether the screen below is drawn under it.
  static var isOverlay: Bool { get }
  /// Whether it is about the screen below it, and goes with that.
  static var isAboutBelow: Bool { get }
  /// Whether it shows the selected layer, so that who finds a layer may stay.
  static var showsLayer: Bool { get }
  /// The keys that lead to it, or ask something of it, from every other screen.
  static var shortcuts: [Binding] { get }
  /// The keys that work on it, besides those that work everywhere.
  static var bindings: [Binding] { get }

  /// What it remembers before anybody was there.
  init()

  /// The screen was asked for, over the screen `below`.
  mutating func opened(_ core: Core, over below: ScreenID) -> [Intent]

  /// Something happened on it; answers with what is to happen elsewhere.
  mutating func reduce(_ action: Action, _ core: Core) -> [Intent]

  /// Whether it takes the whole terminal, header and footer included.
  var fillsTerminal: Bool { get }

  /// Whether there is nothing to see on it yet, so that sessions don't come back to it.
  var isEmpty: Bool { get }

  /// What the network, or the disk, should be asked; called after everything that happens while the
  /// screen is open.
  func wants(_ core: Core) -> [AnyQuestion]

  /// The answer to a question is there as a whole, or is not coming.
  mutating func heard(_ question: AnyQuestion, _ core: Core) -> [Intent]

  /// Another network is under study.
  mutating func networkChanged(_ core: Core)

  /// What a letter means while the person types; nil where letters are keys.
  func typed(_ character: Character, _ core: Core) -> Intent?

  /// What a path means that is pasted on it; nil where it is opened as on any other screen.
  func pasted(path: String) -> Intent?

  /// What would be lost with the network, or on leaving the program, in words.
  func losses(_ core: Core) -> [String]

  /// The numbers under the cursor, to be pasted elsewhere; nil for those of the selected channel.
  func numbers(_ core: Core) -> String?

  /// What it shows, in short sentences, for people who hear it; the same sentence stays at the same
  /// place of the list, so that only what changed is said.
  func sentences(_ core: Core) -> [String]

  /// Draws the part between the header and the footer.
  func draw(_ core: Core, in area: Rect, of frame: inout Frame)

  /// What a session keeps of it; nil for nothing.
  func saved(_ core: Core) -> Saved?

  /// Goes back to what a session kept; answers with what is not there any more.
  mutating func restore(_ saved: Saved, _ core: Core) -> [String]
}

extension Screen {
  static var isMenu: Bool { false }
  static var isOverlay: Bool { false }
  static var isAboutBelow: Bool { false }
  static var showsLayer: Bool { false }
  static var shortcuts: [Binding] { [] }
  static var bindings: [Binding] { [] }

  mutating func opened(_ core: Core, over below: ScreenID) -> [Intent] { [] }
  var fillsTerminal: Bool { false }
  var isEmpty: Bool { false }
  func wants(_ core: Core) -> [AnyQuestion] { [] }
  mutating func heard(_ question: AnyQuestion, _ core: Core) -> [Intent] { [] }
  mutating func networkChanged(_ core: Core) {}
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

/// What a screen is called in sessions.
public struct ScreenID: Hashable, Sendable, CustomStringConvertible {
  /// The name.
  public let description: String

  /// Names a screen.
  init(_ name: String) { description = name }

  /// The screens there are.
  static var allCases: [ScreenID] { Registry.screens.map { $0.id } }

  /// What it is; the layers for a screen that is none.
  var type: any Screen.Type { Registry.byID[self] ?? HomeScreen.self }
}

/// Something that happened on a screen.
public struct ScreenAction: Equatable, Sendable {
  /// The screen.
  let screen: ScreenID
  /// What happened, of the type that the screen says.
  let action: any Equatable & Sendable

  /// `action` happened on `screen`.
  init<S: Screen>(_ screen: S.Type, _ action: S.Action) {
    self.screen = screen.id
    self.action = action
  }

  /// Whether the same happened on the same screen.
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
