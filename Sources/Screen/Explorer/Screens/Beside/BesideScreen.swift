import Comparison
import MobileNet
import Research

extension ScreenID { static let beside = ScreenID("beside") }

/// The explored network and photo beside another network, or beside another photo.
struct BesideScreen: Screen {
  static let id = ScreenID.beside
  static let title = "Side by side"

  /// The other network or photo; nil before one was chosen.
  var other: CounterpartQuestion.Other?
  /// The position of the shown channel in the order of either side, from 0.
  var rank = 0

  /// The screen's actions.
  enum Action: Equatable, Sendable {
    /// Another network or photo was set beside the explored one.
    case began(CounterpartQuestion.Other)
    /// The channel so many positions further in the order was taken.
    case rankMoved(by: Int)
  }

  /// Begins with nothing beside.
  init() {}

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    switch action {
    case .began(let other):
      self = BesideScreen()
      self.other = other
      return [.opened(.beside), .retried]
    case .rankMoved(let steps):
      if channelsCorrespond(core) { return [.channelMoved(by: steps)] }
      let sides = sides(core)
      let counts = [sides?.left, sides?.right].compactMap { $0?.output.shape.channels }
      rank = min(max(rank + steps, 0), max(0, (counts.max() ?? 1) - 1))
      return []
    }
  }

  func wants(_ core: Core) -> [AnyQuestion] {
    guard let question = question(core) else { return [] }
    let sides = channelsCorrespond(core) ? [] : sides(core).map { [$0.left, $0.right] } ?? []
    return [AnyQuestion(question)] + sides.compactMap(\.influence).map { AnyQuestion($0) }
  }

  /// Whether the other side is another network.
  var isNetwork: Bool {
    if case .network = other { true } else { false }
  }

  /// Whether channels of one number mean the same on both sides: those of one checkpoint do, on any
  /// photo and at any resolution.
  func channelsCorrespond(_ core: Core) -> Bool {
    guard case .network(let candidate) = other else { return true }
    return candidate.weights == core.model.source
  }

  private func question(_ core: Core) -> CounterpartQuestion? {
    guard let other, let run = core.run else { return nil }
    return CounterpartQuestion(
      other, besides: core.model, core.photo, path: core.album.path, run: run)
  }

  /// Returns the other side; until it is computed for this photo, that of the photo before.
  func counterpart(_ core: Core) -> Counterpart? {
    question(core).flatMap { core.answers.latest($0)?.value }
  }
}

extension Intent {
  /// Makes an intent of an action of this screen.
  static func beside(_ action: BesideScreen.Action) -> Intent {
    .screen(ScreenAction(BesideScreen.self, action))
  }
}

extension BesideScreen {
  /// The part of a session for this screen.
  struct Saved: SavedScreen {
    /// The path of the other photo.
    var photo: String?
    /// Another network.
    var network: SavedCandidate?
    /// The position of the shown channel in the order of either side.
    var rank: Int

    mutating func locateFiles(_ path: (String) -> String) {
      photo = photo.map(path)
      network?.locateFiles(path)
    }
  }

  func saved(_ core: Core) -> Saved? {
    switch other {
    case .photo(let path): Saved(photo: path, rank: rank)
    case .network(let candidate): Saved(network: SavedCandidate(candidate), rank: rank)
    case nil: nil
    }
  }

  mutating func restore(_ saved: Saved, _ core: Core) -> [String] {
    let candidate = saved.network?.candidate
    other = saved.photo.map { .photo(path: $0) } ?? candidate.map { .network($0) }
    let most = core.layers.map(\.output.channels).max() ?? 0
    let missing = take(saved.rank, 0..<most, "rank", for: &rank)
    return candidate == nil ? missing + (saved.network.map { [$0.name] } ?? []) : missing
  }

  /// Whether there is nothing to show.
  var isEmpty: Bool { other == nil }
}
