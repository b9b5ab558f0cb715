import Cells
import MobileNet
import Research

extension ScreenID { static let similar = ScreenID("similar") }

/// The photos of the open folder that are most similar to the one that is shown.
struct SimilarScreen: Screen {
  static let id = ScreenID.similar
  static let title = "Like this"

  /// The index of the photo under the cursor, in order of similarity.
  var cursor = 0
  private let memory = FeatureMemory(mirrored: false)

  /// The screen's actions.
  enum Action: Equatable, Sendable {
    /// The cursor was moved by photos and by rows.
    case moved(columns: Int, rows: Int)
    /// A photo was pointed at; pointing at the one under the cursor opens it.
    case pointed(Int)
    /// The photo under the cursor was opened.
    case chosen
  }

  /// Begins at the shown photo itself.
  init() {}

  mutating func opened(_ core: Core, over below: ScreenID) -> [Intent] {
    cursor = 0
    return []
  }

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    let found = found(core)
    switch action {
    case .moved(let columns, let rows):
      let steps = columns + rows * Self.tiles(core).across
      cursor = min(max(cursor + steps, 0), max(0, found.count - 1))
    case .pointed(let index):
      if index == cursor { return reduce(.chosen, core) }
      cursor = min(index, max(0, found.count - 1))
    case .chosen:
      guard found.indices.contains(cursor) else { return [] }
      let path = found[cursor].path
      cursor = 0
      return [.photoAsked(path: path)]
    }
    return []
  }

  func wants(_ core: Core) -> [AnyQuestion] {
    guard let question = question(core) else { return [] }
    let found = found(core)
    let shown = Self.tiles(core).page(showing: cursor, of: found.count)
    return [AnyQuestion(question)]
      + found[shown].map { AnyQuestion(PreviewQuestion($0.path, .images)) }
  }

  /// Returns the layout of the photos.
  static func tiles(_ core: Core) -> PhotoTiles {
    PhotoTiles(places(core).photos, of: max(1, core.album.paths.count))
  }

  /// Returns where the photos stand, and beside them, where there is room, what is compared.
  static func places(_ core: Core) -> (photos: Rect, features: Rect) {
    let inside = Layout.inside(Layout.margined(Layout.body(of: core), core.size), core.size)
    guard Layout.isRoomy(core.size) else { return inside.columns(.fill, .fixed(0)) }
    let width = FeaturesView(core: core).width(inside: inside.width / 4)
    return inside.columns(.fill, .fixed(width), gap: 2)
  }

  /// Returns the question; nil before the network has run, and on a stream.
  func question(_ core: Core) -> SimilarQuestion? {
    guard core.live == nil, let run = core.original else { return nil }
    return SimilarQuestion(core.model, run, among: core.album.paths, memory: memory)
  }

  /// Returns the photos found so far, the most similar first.
  func found(_ core: Core) -> [SimilarQuestion.Found] {
    question(core).flatMap { core.answers.soFar($0)?.found } ?? []
  }
}

extension Intent {
  /// Makes an intent of an action of this screen.
  static func similar(_ action: SimilarScreen.Action) -> Intent {
    .screen(ScreenAction(SimilarScreen.self, action))
  }
}
