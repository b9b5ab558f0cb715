import MobileNet
import Research

extension ScreenID { static let atlas = ScreenID("atlas") }

/// The selected channel in the atlas: its classes, and its examples among many images.
struct AtlasScreen: Screen {
  static let id = ScreenID.atlas
  static let title = "Atlas"
  static let showsLayer = true

  /// The index of the example under the cursor.
  var cursor = 0
  /// The folder that an atlas is being made of; nil if none is.
  var making: String?

  /// The screen's actions.
  enum Action: Equatable, Sendable {
    /// The cursor was moved by examples.
    case moved(by: Int)
    /// An example was pointed at; pointing at the one under the cursor opens its image.
    case pointed(Int)
    /// The image of the example under the cursor was opened.
    case chosen
    /// Making an atlas of the open folder was begun, or stopped.
    case makingSwitched
  }

  /// Begins at the example with the largest value.
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
    examples(core).questions + wholeImage(core)
      + (makingQuestion(core).map { [AnyQuestion($0)] } ?? [])
      + (core.matchesQuestion.map { [AnyQuestion($0)] } ?? [])
  }

  mutating func heard(_ question: AnyQuestion, _ core: Core) -> [Intent] {
    guard let own = makingQuestion(core), question == AnyQuestion(own) else { return [] }
    making = nil
    return core.answers[own]?.path.map { [.atlasChosen(path: $0)] } ?? []
  }

  /// The question for the whole image of the example under the cursor, where there is room for it.
  private func wholeImage(_ core: Core) -> [AnyQuestion] {
    let examples = examples(core)
    guard Layout.isRoomy(core.size), examples.tops.indices.contains(cursor),
      let path = examples.path(of: examples.tops[cursor])
    else { return [] }
    return [AnyQuestion(PreviewQuestion(path, .images))]
  }

  /// Returns the question that makes the atlas; nil if none is being made.
  func makingQuestion(_ core: Core) -> AtlasMakingQuestion? {
    making.map { AtlasMakingQuestion(core.model, folder: $0) }
  }

  /// Returns the examples that fit on the screen.
  func examples(_ core: Core) -> AtlasExamples {
    let inside = Layout.inside(AtlasLayout(core).pictures, core.size)
    return AtlasExamples(core, most: PhotoTiles(inside).count)
  }

  /// Returns the images of the shown examples.
  private func tops(_ core: Core) -> [ChannelAtlas.Top] { examples(core).tops }
}

extension Intent {
  /// Makes an intent of an action of this screen.
  static func atlas(_ action: AtlasScreen.Action) -> Intent {
    .screen(ScreenAction(AtlasScreen.self, action))
  }
}
