import Cells
import MobileNet
import Research

/// Everything that is on the screen, and nothing else: what is under study, and what each screen
/// remembers.
@dynamicMemberLookup
public struct ExplorerState: Equatable, Sendable {
  /// What is under study.
  public var core: Core
  private var own: [ScreenID: any Screen]
  /// The screens that Esc goes back through; the last one is shown.
  public internal(set) var screens: [ScreenID] = [.home]
  /// Keys that act as another where letters are keys: the one that is pressed, the one that is meant.
  public var keys: [Key: Key] = [:]
  /// Whether the mouse selects; otherwise it belongs to the terminal.
  public var hearsMouse = true
  /// The signs of the pictures that were drawn last.
  let pictures = PictureMemory()
  /// What is said, for people who hear the screen.
  var speech = Speech()

  /// Opens `photo`, the first image of `album`, with `model` on the home screen.
  public init(
    size: Size, model: Numbered<Model>, photo: Numbered<Photo>, album: Album = Album([])
  ) {
    core = Core(size: size, model: model, photo: photo, album: album)
    own = Registry.byID.mapValues { $0.init() }
  }

  /// Whether nothing differs that can be seen.
  public static func == (first: Self, second: Self) -> Bool {
    first.core == second.core && first.screens == second.screens && first.keys == second.keys
      && first.hearsMouse == second.hearsMouse
      && first.own.allSatisfy { id, screen in
        second.own[id].map(screen.isEqual) ?? false
      }
  }

  /// The screen that is shown.
  public var screen: ScreenID { screens.last ?? .home }

  /// The screens that are seen, the one on top first: what lies below an overlay is seen as well.
  var seen: [ScreenID] {
    let covered = screens.lastIndex { !$0.type.isOverlay } ?? 0
    return screens[covered...].reversed()
  }

  /// What a screen remembers.
  subscript<S: Screen>(_ screen: S.Type) -> S {
    get { own[screen.id] as? S ?? S() }
    set { own[screen.id] = newValue }
  }

  /// What would be lost with the network, in words: what is switched off and what is marked.
  var losses: [String] {
    [core.patches.summary].compactMap(\.self) + ScreenID.allCases.flatMap { self[$0].losses(core) }
      + (core.cursor.area == nil ? [] : ["an area marked"])
  }

  /// What the screen called `id` remembers.
  subscript(_ id: ScreenID) -> any Screen { own[id] ?? HomeScreen() }

  /// What is under study has at `path`.
  public subscript<Value>(dynamicMember path: WritableKeyPath<Core, Value>) -> Value {
    get { core[keyPath: path] }
    set { core[keyPath: path] = newValue }
  }

  /// What is under study has at `path`.
  public subscript<Value>(dynamicMember path: KeyPath<Core, Value>) -> Value {
    core[keyPath: path]
  }

  /// Lets the screen called `id` change what it remembers.
  mutating func update<Result>(
    _ id: ScreenID, _ change: (inout any Screen, Core) -> Result
  ) -> Result {
    var screen = self[id]
    defer { own[id] = screen }
    return change(&screen, core)
  }
}
