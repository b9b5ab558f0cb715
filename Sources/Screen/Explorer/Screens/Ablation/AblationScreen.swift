import MobileNet
import Reports
import Research

extension ScreenID { static let ablation = ScreenID("ablation") }

/// The network's answer with parts of it switched off or patched, beside the original answer.
struct AblationScreen: Screen {
  static let id = ScreenID.ablation
  static let title = "Switched off"
  static let showsLayer = true

  /// The index of the patch under the cursor; nil for the latest.
  private var chosen: Int?
  /// The photo to take values from, until the network has run on it.
  private(set) var awaited: Awaited?

  /// A photo that is to be run for a patch.
  struct Awaited: Equatable {
    /// The index of the patch.
    let patch: Int
    /// The path of the photo.
    let path: String
  }

  /// The kinds of values to put in a part's place.
  enum Kind: String, CaseIterable, Sendable {
    case off = "off"
    case mean = "mean"
    /// The mean over the images of an atlas.
    case usual = "usual"
    case scaled = "scaled"
    case clamped = "held"
    case taken = "photo"
  }

  /// The screen's actions.
  enum Action: Equatable, Sendable {
    /// The cursor was moved by patches, latest first; after the last comes the first.
    case moved(by: Int)
    /// The kind before or after was taken.
    case kindMoved(by: Int)
    case kindChosen(Kind)
    /// The amount was made larger or smaller.
    case amountMoved(by: Int)
    /// The patch was extended to the whole layer.
    case widened
    /// The photo to take values from was exchanged for another.
    case photoMoved(by: Int)
  }

  init() {}

  /// Returns the index of the patch under the cursor.
  func index(_ core: Core) -> Int? {
    let last = core.patches.indices.last
    return chosen.flatMap { core.patches.indices.contains($0) ? $0 : nil } ?? last
  }

  /// Returns the kind of the patch under the cursor, or the kind that it is about to get.
  func kind(_ core: Core) -> Kind? {
    guard let index = index(core) else { return nil }
    return awaited?.patch == index ? .taken : core.patches[index].change.kind
  }

  /// Returns the kinds available to the patch under the cursor; the usual mean needs an atlas.
  func kinds(_ core: Core) -> [Kind] {
    let means = index(core).flatMap { core.usualMeans(ofLayer: core.patches[$0].layer) }
    return Kind.allCases.filter { $0 != .usual || means != nil }
  }

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    guard let index = index(core) else { return [] }
    let patch = core.patches[index]
    switch action {
    case .moved(let steps): chosen = (index - steps).stepped(by: 0, among: core.patches.count)
    case .kindMoved(let steps):
      guard let kind = kind(core) else { return [] }
      return take(kinds(core).element(steps, after: kind), index, core)
    case .kindChosen(let kind): return take(kind, index, core)
    case .amountMoved(let steps):
      guard let change = patch.change.moved(by: steps) else { return [] }
      return [.patchChanged(at: index, patch.with(change))]
    case .widened:
      return [
        .patchChanged(at: index, Patch(layer: patch.layer, part: .whole, change: patch.change))
      ]
    case .photoMoved(let steps): return awaitPhoto(steps, index, core)
    }
    return []
  }

  /// Changes the patch at `index` to another kind.
  private mutating func take(_ kind: Kind, _ index: Int, _ core: Core) -> [Intent] {
    awaited = nil
    let patch = core.patches[index]
    let change: Patch.Change
    switch kind {
    case .off: change = .off
    case .mean: change = .mean
    case .usual:
      guard let means = core.usualMeans(ofLayer: patch.layer) else { return [] }
      change = .means(means)
    case .scaled: change = .scaled(by: 2)
    case .clamped:
      let largest = core.original?.value.statistics(at: patch.layer).range.upperBound ?? 1
      change = .clamped(0...max(largest / 2, .leastNormalMagnitude))
    case .taken: return awaitPhoto(1, index, core)
    }
    return [.patchChanged(at: index, patch.with(change))]
  }

  /// Awaits the photo `steps` further in the album than the one that the patch at `index` takes
  /// from.
  private mutating func awaitPhoto(_ steps: Int, _ index: Int, _ core: Core) -> [Intent] {
    let own = core.album.path
    let paths = core.album.paths
    let others = paths.filter { $0 != own }
    guard core.live == nil, !others.isEmpty else {
      return [
        .said(Message("No other photo to take from: open a folder.", isError: true))
      ]
    }
    var path = own
    if awaited?.patch == index, let awaited { path = awaited.path }
    if case .taken(let donor) = core.patches[index].change, awaited == nil { path = donor.name }
    var next = (paths.firstIndex(of: path) ?? 0).stepped(by: steps, among: paths.count)
    if paths[next] == own { next = next.stepped(by: steps, among: paths.count) }
    awaited = Awaited(patch: index, path: paths[next])
    return []
  }

  func wants(_ core: Core) -> [AnyQuestion] {
    let change = core.change.map { [AnyQuestion($0)] } ?? []
    guard let photo = photoQuestion(core) else { return change }
    return change + [AnyQuestion(photo)] + (runQuestion(core).map { [AnyQuestion($0)] } ?? [])
  }

  private func photoQuestion(_ core: Core) -> PhotoQuestion? {
    awaited.map { PhotoQuestion($0.path, for: core.model) }
  }

  private func runQuestion(_ core: Core) -> RunQuestion? {
    photoQuestion(core).flatMap { core.answers[$0] }.map { RunQuestion(core.model, $0) }
  }

  mutating func heard(_ question: AnyQuestion, _ core: Core) -> [Intent] {
    if let photo = photoQuestion(core), question == AnyQuestion(photo),
      core.answers.hasFailed(question)
    {
      awaited = nil
    }
    guard let asked = runQuestion(core), question == AnyQuestion(asked), let awaited,
      core.patches.indices.contains(awaited.patch), let run = core.answers[asked]?.run
    else { return [] }
    self.awaited = nil
    let donor = Patch.Donor(name: awaited.path, trace: run.trace)
    return [
      .patchChanged(
        at: awaited.patch, core.patches[awaited.patch].with(.taken(from: donor)))
    ]
  }

  mutating func networkChanged(_ core: Core) { (chosen, awaited) = (nil, nil) }
}

extension Core {
  /// The question of how much the patches changed each layer; nil until there are patches and they
  /// have run.
  var change: ChangeQuestion? {
    guard !patches.isEmpty, let original, let run, run != original else { return nil }
    return ChangeQuestion(from: original, to: run)
  }

  /// The patches, one a line, the latest first.
  var patchNames: [String] { patches.reversed().map { $0.text(layers) } }
}

extension Patch {
  /// Returns the patch of the same part with another change.
  fileprivate func with(_ change: Change) -> Patch {
    Patch(layer: layer, part: part, change: change)
  }
}

extension Patch.Change {
  fileprivate var kind: AblationScreen.Kind {
    switch self {
    case .off: .off
    case .mean: .mean
    case .means: .usual
    case .scaled: .scaled
    case .clamped: .clamped
    case .taken: .taken
    }
  }

  /// Returns the change with a larger or smaller amount; nil if it has none.
  fileprivate func moved(by steps: Int) -> Patch.Change? {
    switch self {
    case .scaled(let factor): .scaled(by: factor + Float(steps) / 2)
    case .clamped(let limits):
      .clamped(limits.lowerBound...limits.upperBound * (steps > 0 ? 1.25 : 0.8))
    case .off, .mean, .means, .taken: nil
    }
  }
}

extension Intent {
  /// Makes an intent of an action of this screen.
  static func ablation(_ action: AblationScreen.Action) -> Intent {
    .screen(ScreenAction(AblationScreen.self, action))
  }
}
