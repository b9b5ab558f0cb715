import Cells
import MobileNet
import Research

extension ScreenID { static let similar = ScreenID("similar") }

/// The photos of the open folder that are most like the one that is shown.
struct SimilarScreen: Screen {
  static let id = ScreenID.similar
  static let title = "Like this"

  /// The photo under the cursor, the most alike first.
  var cursor = 0
  private let memory = FeatureMemory(mirrored: false)

  /// What can happen on it.
  enum Action: Equatable, Sendable {
    /// The cursor was moved by photos and rows of them.
    case moved(columns: Int, rows: Int)
    /// A photo was pointed at; pointing at the one under the cursor opens it.
    case pointed(Int)
    /// The photo under the cursor was chosen.
    case chosen
  }

  /// Begins at the photo itself.
  init() {}

  mutating func opened(_ core: Core, over below: ScreenID) -> [Intent] {
    cursor = 0
    return []
  }

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    let found = found(core)
    switch action {
    case .moved(let columns, let rows):
      let steps = columns + rows * SimilarLayout(core).across
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
    let layout = SimilarLayout(core)
    let found = found(core)
    let shown = layout.page(showing: cursor, of: found.count)
    return [AnyQuestion(question)]
      + found[shown].map { AnyQuestion(PreviewQuestion($0.path, .images)) }
  }

  /// What is asked; nil before the network has run, and over a stream.
  func question(_ core: Core) -> SimilarQuestion? {
    guard core.live == nil, let run = core.original else { return nil }
    return SimilarQuestion(core.model, run, among: core.album.paths, memory: memory)
  }

  /// What was found so far.
  func found(_ core: Core) -> [SimilarQuestion.Found] {
    question(core).flatMap { core.answers.soFar($0)?.found } ?? []
  }
}

extension Intent {
  /// Something happened among the photos that are alike.
  static func similar(_ action: SimilarScreen.Action) -> Intent {
    .screen(ScreenAction(SimilarScreen.self, action))
  }
}

/// Where the photos stand, a caption under each.
struct SimilarLayout {
  /// The columns and rows of a photo, with its caption.
  private static let size = Size(width: 18, height: 10)

  private let area: Rect
  /// How many stand beside each other.
  let across: Int
  private let rows: Int

  init(_ core: Core) {
    area = Layout.body(of: core).rows(.fixed(1), .fill).1
    across = max(1, (area.width + 1) / (Self.size.width + 1))
    rows = max(1, area.height / Self.size.height)
  }

  /// Those of the page with the one at `index`, among `count`.
  func page(showing index: Int, of count: Int) -> Range<Int> {
    let size = across * rows
    let first = min(index / size * size, count)
    return first..<min(first + size, count)
  }

  /// Where the one at `offset` of the page stands.
  func place(_ offset: Int) -> Rect {
    Rect(
      x: area.x + offset % across * (Self.size.width + 1),
      y: area.y + offset / across * Self.size.height, width: Self.size.width,
      height: min(Self.size.height, area.height))
  }
}
