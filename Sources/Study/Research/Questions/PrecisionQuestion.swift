import Comparison
import MobileNet

/// What a network makes of the photo of a run in another precision, and what that costs each layer.
public struct PrecisionQuestion: Question {
  /// How the integers of a checkpoint of floats are made.
  public struct Recipe: Hashable, Sendable {
    /// Whether each channel has a scale for its weights, not each layer.
    public var isPerChannel = true
    /// The percent of each layer's outputs that its range holds.
    public var percentile: Double?

    /// A scale for each channel, and ranges that hold all outputs.
    public init() {}
  }

  /// The work is a run, and the rest of a run from every layer on.
  public static let lane = Lane.compute
  /// The network.
  public let model: Numbered<Model>
  /// The run of the network, in floats.
  public let run: Numbered<Run>
  /// The other precision.
  public let precision: Precision
  /// How its integers are made, where the checkpoint has none.
  public let recipe: Recipe

  /// Asks what `run` of `model` is in `precision`.
  public init(
    _ model: Numbered<Model>, _ run: Numbered<Run>, _ precision: Precision,
    recipe: Recipe = Recipe()
  ) {
    self.model = model
    self.run = run
    self.precision = precision
    self.recipe = precision == .integer && model.checkpoint.integers == nil ? recipe : Recipe()
  }

  /// The same precision and the photo or the recipe before.
  public func replaces(_ older: Self) -> Bool {
    model == older.model && precision == older.precision
  }

  /// Rounds the weights, with ranges that this photo has, and runs the network.
  public func answer(
    _ researcher: Researcher, report: (Numbered<PrecisionRun>) throws -> Void
  ) throws -> Numbered<PrecisionRun> {
    let network = try researcher.network(for: model)
    return researcher.number(
      try PrecisionRun(
        try checkpoint, precision, beside: run.trace, of: network,
        goesOn: researcher.checkCancellation))
  }

  private var checkpoint: Checkpoint {
    get throws {
      guard precision == .integer, model.checkpoint.integers == nil else { return model.checkpoint }
      var ranges = ActivationRanges(
        layers: model.layers.count, extent: recipe.percentile.map { .percentile($0) } ?? .extremes)
      ranges.add(run.trace)
      return try model.checkpoint.quantized(
        for: model.resolution, ranges,
        QuantizationRecipe(isSigned: true, isPerChannel: recipe.isPerChannel))
    }
  }
}
