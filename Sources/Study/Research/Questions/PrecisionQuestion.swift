import Comparison
import MobileNet

/// A network's run in another precision on the photo of a run, with the loss of each layer.
public struct PrecisionQuestion: Question {
  /// The recipe for making a checkpoint of floats into integers.
  public struct Recipe: Hashable, Sendable {
    /// Whether each channel has a scale for its weights, and not each layer.
    public var isPerChannel = true
    /// The percentage of each layer's outputs within its range; nil for all of them.
    public var percentile: Double?

    /// Creates a recipe with a scale per channel, and ranges that hold all outputs.
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
  /// The recipe for integers; the default one if no integers are to be made.
  public let recipe: Recipe

  /// Asks for `run` of `model` in `precision`.
  public init(
    _ model: Numbered<Model>, _ run: Numbered<Run>, _ precision: Precision,
    recipe: Recipe = Recipe()
  ) {
    self.model = model
    self.run = run
    self.precision = precision
    self.recipe = precision == .integer && model.checkpoint.integers == nil ? recipe : Recipe()
  }

  /// Replaces the question about the same precision and the previous photo or recipe.
  public func replaces(_ older: Self) -> Bool {
    model == older.model && precision == older.precision
  }

  /// Rounds the weights, with the ranges of this photo, and runs the network.
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
