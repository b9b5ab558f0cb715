import Cells
import MobileNet
import Research

/// The whole state of the explorer: the core, and the state of each screen.
@dynamicMemberLookup
public struct ExplorerState: Equatable, Sendable {
  /// The state that all screens share.
  public var core: Core
  private var own: [ScreenID: any Screen]
  /// The open screens, through which Esc goes back; the last one is on top.
  public internal(set) var screens: [ScreenID] = [.home]
  /// Remapped keys: the pressed key and the one that it stands for, where letters are keys.
  public var keys: [Key: Key] = [:]
  /// Whether the mouse selects in the explorer; otherwise the terminal has it.
  public var hearsMouse = true
  /// The cells of the pictures drawn last.
  let pictures = PictureMemory()
  /// The spoken sentences, for people who hear the screen.
  var speech = Speech()

  /// Opens the home screen on `photo`, the first image of `album`, and `model`.
  public init(
    size: Size, model: Numbered<Model>, photo: Numbered<Photo>, album: Album = Album([])
  ) {
    core = Core(size: size, model: model, photo: photo, album: album)
    own = Registry.byID.mapValues { $0.init() }
  }

  /// Compares everything but the remembered pictures and the speech.
  public static func == (first: Self, second: Self) -> Bool {
    first.core == second.core && first.screens == second.screens && first.keys == second.keys
      && first.hearsMouse == second.hearsMouse
      && first.own.allSatisfy { id, screen in
        second.own[id].map(screen.isEqual) ?? false
      }
  }

  /// Tells the person what went wrong before the screen opened, besides what the message says.
  public mutating func tell(_ faults: [String]) {
    guard !faults.isEmpty else { return }
    let rest = faults.count > 3 ? ["And \(faults.count - 3) more."] : []
    let texts = [core.message?.text].compactMap(\.self) + faults.prefix(3).map(\.asSentence) + rest
    core.message = Message(texts.joined(separator: " "), isError: true)
  }

  /// The screen on top.
  public var screen: ScreenID { screens.last ?? .home }

  /// The visible screens, the topmost first: below overlays the next screen is visible too.
  var seen: [ScreenID] {
    let covered = screens.lastIndex { !$0.type.isOverlay } ?? 0
    return screens[covered...].reversed()
  }

  /// The state of a screen.
  subscript<S: Screen>(_ screen: S.Type) -> S {
    get { own[screen.id] as? S ?? S() }
    set { own[screen.id] = newValue }
  }

  /// The things that would be lost with the network, in words: patches and marks.
  var losses: [String] {
    [core.patches.summary].compactMap(\.self) + ScreenID.allCases.flatMap { self[$0].losses(core) }
      + (core.cursor.area == nil ? [] : ["an area marked"])
  }

  /// The state of the screen with an ID.
  subscript(_ id: ScreenID) -> any Screen { own[id] ?? HomeScreen() }

  /// The core's value at `path`.
  public subscript<Value>(dynamicMember path: WritableKeyPath<Core, Value>) -> Value {
    get { core[keyPath: path] }
    set { core[keyPath: path] = newValue }
  }

  /// The core's value at `path`.
  public subscript<Value>(dynamicMember path: KeyPath<Core, Value>) -> Value {
    core[keyPath: path]
  }

  /// Changes the state of the screen with an ID.
  mutating func update<Result>(
    _ id: ScreenID, _ change: (inout any Screen, Core) -> Result
  ) -> Result {
    var screen = self[id]
    defer { own[id] = screen }
    return change(&screen, core)
  }
}
