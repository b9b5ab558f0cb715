import Comparison
import MobileNet
import Research
import Tensors

extension ScreenID { static let precision = ScreenID("precision") }

/// One photo in floats, in halves and in integers, layer by layer: what each layer loses.
struct PrecisionScreen: Screen {
  static let id = ScreenID.precision
  static let title = "Precision"
  static let showsLayer = true

  /// Whose losses the layers are listed with: halves' or integers'.
  var listed = Precision.integer
  /// How the integers of a checkpoint of floats are made.
  var recipe = PrecisionQuestion.Recipe()

  /// Its actions.
  enum Action: Equatable, Sendable {
    /// The other precision was to be listed.
    case precisionSwitched
    /// A scale for each channel was asked for, or one for a layer.
    case scalesSwitched
    /// Ranges that hold all values were asked for, or ranges that leave the rarest out.
    case rangesSwitched
    /// The channel that suffers most in this layer was asked for.
    case worstChannelAsked
  }

  /// The percent of a layer's values that narrower ranges hold.
  static let narrow = 99.9

  /// Begins with the integers.
  init() {}

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    switch action {
    case .precisionSwitched: listed = listed == .integer ? .half : .integer
    case .scalesSwitched: recipe.isPerChannel.toggle()
    case .rangesSwitched: recipe.percentile = recipe.percentile == nil ? Self.narrow : nil
    case .worstChannelAsked:
      let loss = run(in: listed, core)?.value.losses[core.selection.layer]
      return loss?.channel.map { [.channelSelected($0)] } ?? []
    }
    return []
  }

  func wants(_ core: Core) -> [AnyQuestion] {
    [listed, listed == .integer ? .half : .integer].compactMap { question($0, core) }
      .map { AnyQuestion($0) }
  }

  /// The network as it is, whatever is switched off, in `precision`; nil before it has run.
  func question(_ precision: Precision, _ core: Core) -> PrecisionQuestion? {
    core.original.map { PrecisionQuestion(core.model, $0, precision, recipe: recipe) }
  }

  /// What is known of `precision`; of the photo or the recipe before until it is there.
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
  /// Something happened on the screen that compares precisions.
  static func precision(_ action: PrecisionScreen.Action) -> Intent {
    .screen(ScreenAction(PrecisionScreen.self, action))
  }
}

extension PrecisionScreen {
  /// Its part of a session.
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
