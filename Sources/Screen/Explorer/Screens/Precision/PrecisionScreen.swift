import Comparison
import MobileNet
import Research
import Tensors

extension ScreenID { static let precision = ScreenID("precision") }

/// One photo in floats, halves and integers: the loss of each layer.
struct PrecisionScreen: Screen {
  static let id = ScreenID.precision
  static let title = "Precision"
  static let showsLayer = true
  static let showsPatches = false

  /// The precision whose losses are listed: half or integer.
  var listed = Precision.integer
  /// The recipe for integers, for a checkpoint of floats.
  var recipe = PrecisionQuestion.Recipe()

  /// The screen's actions.
  enum Action: Equatable, Sendable {
    /// The other precision was to be listed.
    case precisionSwitched
    /// A scale for each channel was asked for, or one for the layer.
    case scalesSwitched
    /// Narrower ranges were asked for, which leave out the rarest values, or full ranges again.
    case rangesSwitched
    /// The channel with the largest loss in this layer was asked for.
    case worstChannelAsked
  }

  /// The percentage of a layer's values within the narrower ranges.
  static let narrow = 99.9

  /// Begins with the integers.
  init() {}

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    switch action {
    case .precisionSwitched: listed = listed == .integer ? .half : .integer
    case .scalesSwitched: recipe.isPerChannel.toggle()
    case .rangesSwitched: recipe.percentile = recipe.percentile == nil ? Self.narrow : nil
    case .worstChannelAsked:
      return worstChannel(core).map { [.channelSelected($0)] } ?? []
    }
    return []
  }

  /// Returns the channel with the largest loss in the selected layer; nil if there is none, or it is
  /// not known yet.
  func worstChannel(_ core: Core) -> Int? {
    run(in: listed, core)?.value.losses[core.selection.layer].channel
  }

  func wants(_ core: Core) -> [AnyQuestion] {
    [listed, listed == .integer ? .half : .integer].compactMap { question($0, core) }
      .map { AnyQuestion($0) }
  }

  /// Returns the question for the unpatched network in `precision`; nil before the network has run.
  func question(_ precision: Precision, _ core: Core) -> PrecisionQuestion? {
    core.original.map { PrecisionQuestion(core.model, $0, precision, recipe: recipe) }
  }

  /// Returns the run in `precision`; until it is computed, that of the photo or the recipe before.
  func run(in precision: Precision, _ core: Core) -> Numbered<PrecisionRun>? {
    question(precision, core).flatMap { core.answers.latest($0) }
      .flatMap { $0.reals.layers == core.layers ? $0 : nil }
  }

  func numbers(_ core: Core) -> String? {
    guard let floats = core.original?.trace else { return nil }
    let columns = PrecisionColumn.all(self, core, floats)
    return "\(core.channelName): "
      + columns.map { "\($0.name) \($0.value(core))" }
      .joined(separator: ", ")
  }
}

extension Intent {
  /// Makes an intent of an action of this screen.
  static func precision(_ action: PrecisionScreen.Action) -> Intent {
    .screen(ScreenAction(PrecisionScreen.self, action))
  }
}

extension PrecisionScreen {
  /// The part of a session for this screen.
  struct Saved: SavedScreen {
    let precision: String
    let isPerChannel: Bool
    let isNarrow: Bool
  }

  func saved(_ core: Core) -> Saved? {
    Saved(
      precision: listed.rawValue, isPerChannel: recipe.isPerChannel,
      isNarrow: recipe.percentile != nil)
  }

  mutating func restore(_ saved: Saved, _ core: Core) -> [String] {
    recipe.isPerChannel = saved.isPerChannel
    recipe.percentile = saved.isNarrow ? Self.narrow : nil
    guard saved.precision == Precision.half.rawValue else {
      return saved.precision == Precision.integer.rawValue ? [] : ["a precision"]
    }
    listed = .half
    return []
  }
}
