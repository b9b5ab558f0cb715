import MobileNet
import Research

extension ScreenID { static let zoom = ScreenID("zoom") }

/// One channel as large as possible, with a cursor on a cell and the cell's receptive field.
struct ZoomScreen: Screen {
  static let id = ScreenID.zoom
  static let title = "Zoom"
  static let showsLayer = true

  /// The largest number of atlas examples shown.
  static let examples = 4

  /// Whether the sums before the activation function are shown, in a layer that has one.
  var wantsSums = false

  /// The screen's actions.
  enum Action: Equatable, Sendable {
    /// A cell was pointed at on another screen, to be shown here.
    case entered(x: Int, y: Int)
    /// The sums before the activation function were asked for, or the output again.
    case sumsSwitched
  }

  /// Begins with the output.
  init() {}

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    switch action {
    case .entered(let x, let y): return [.opened(.zoom), .cellPointed(x: x, y: y)]
    case .sumsSwitched:
      wantsSums.toggle()
      guard wantsSums, !core.layer.isActivated else { return [] }
      return [.said(Message("\(core.layer.name) has no activation function."))]
    }
  }

  func wants(_ core: Core) -> [AnyQuestion] {
    let examples = AtlasExamples(core, most: Self.examples).questions
    guard wantsSums, core.layer.isActivated, let run = core.run else { return examples }
    return examples + [AnyQuestion(core.sums(of: run))]
  }

  /// Returns the selected layer's sums, if the person asked for them and they are computed.
  func sums(_ core: Core) -> SumsQuestion.Answer? {
    wantsSums ? core.run.flatMap { core.answers[core.sums(of: $0)] } : nil
  }

  func numbers(_ core: Core) -> String? {
    guard let sums = sums(core) else { return core.cellNumbers(of: core.map) }
    return core.cellNumbers(
      of: ActivationMap(sums.sums.value, channel: core.channel), name: " before activation")
  }

  /// The part of a session for the zoom.
  struct Saved: SavedScreen {
    static let key = SavedKey.places
    let showsSums: Bool
  }

  func saved(_ core: Core) -> Saved? { Saved(showsSums: wantsSums) }

  mutating func restore(_ saved: Saved, _ core: Core) -> [String] {
    wantsSums = saved.showsSums
    return []
  }
}

extension Intent {
  /// Makes an intent of an action of this screen.
  static func zoom(_ action: ZoomScreen.Action) -> Intent {
    .screen(ScreenAction(ZoomScreen.self, action))
  }
}

extension Patch {
  /// Returns the patch that x makes: it switches off the marked area, or else the channel.
  static func zoomed(_ core: Core) -> Patch {
    guard let area = core.cursor.area, core.layer.output.places > 1 else {
      return core.channelSwitch
    }
    return Patch(
      layer: core.selection.layer, part: .area(rows: area.rows, columns: area.columns))
  }
}
