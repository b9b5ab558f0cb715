import MobileNet
import Research

extension ScreenID { static let atlas = ScreenID("atlas") }

/// What the selected channel responds to, over many images: its classes, and the parts of the images
/// to which it responded most.
struct AtlasScreen: Screen {
  static let id = ScreenID.atlas
  static let title = "Atlas"
  static let showsLayer = true

  /// The image under the cursor, among the channel's.
  var cursor = 0
  /// The folder of which an atlas is being made.
  var making: String?

  /// What can happen on it.
  enum Action: Equatable, Sendable {
    /// The cursor was moved by images.
    case moved(by: Int)
    /// An image was pointed at; pointing at the one under the cursor opens it.
    case pointed(Int)
    /// The image under the cursor was chosen.
    case chosen
    /// An atlas of the folder that is open was asked for, or given up.
    case makingSwitched
  }

  /// Begins at the image with the largest value.
  init() {}

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    switch action {
    case .moved(let steps): cursor = min(max(cursor + steps, 0), max(0, tops(core).count - 1))
    case .pointed(let index):
      if index == cursor { return reduce(.chosen, core) }
      cursor = index
    case .chosen:
      let tops = tops(core)
      guard tops.indices.contains(cursor), let folder = core.atlasFolder else { return [] }
      return [.photoAsked(path: folder + "/" + tops[cursor].image)]
    case .makingSwitched: making = making == nil ? core.album.commonFolder : nil
    }
    return []
  }

  func wants(_ core: Core) -> [AnyQuestion] {
    examples(core).questions + (makingQuestion(core).map { [AnyQuestion($0)] } ?? [])
      + (core.matchesQuestion.map { [AnyQuestion($0)] } ?? [])
  }

  mutating func heard(_ question: AnyQuestion, _ core: Core) -> [Intent] {
    guard let own = makingQuestion(core), question == AnyQuestion(own) else { return [] }
    making = nil
    return core.answers[own]?.path.map { [.atlasChosen(path: $0)] } ?? []
  }

  /// The atlas that is being made.
  func makingQuestion(_ core: Core) -> AtlasMakingQuestion? {
    making.map { AtlasMakingQuestion(core.model, folder: $0) }
  }

  /// The parts of images that there is room for.
  func examples(_ core: Core) -> AtlasExamples {
    let pictures = AtlasLayout.panes(in: Layout.body(of: core), core.size).pictures
    return AtlasExamples(core, most: PhotoTiles(Layout.inside(pictures, core.size)).count)
  }

  /// The images that are shown.
  private func tops(_ core: Core) -> [ChannelAtlas.Top] { examples(core).tops }
}

extension Intent {
  /// Something happened on the atlas.
  static func atlas(_ action: AtlasScreen.Action) -> Intent {
    .screen(ScreenAction(AtlasScreen.self, action))
  }
}
