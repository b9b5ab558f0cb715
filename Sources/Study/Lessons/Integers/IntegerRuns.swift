import MobileNet

/// A network of floats run as integers on the same photo: with a scale for the weights of each
/// channel, and with one for those of each layer.
public struct IntegerRuns: Sendable {
  /// One of the two runs.
  public struct Run: Sendable {
    /// The integer weights.
    public let weights: IntegerWeights
    /// The output of every layer.
    public let trace: IntegerTrace
    /// The most likely class, with its probability; nil without a classifier.
    public let answer: Prediction?
  }

  /// The run with a scale for the weights of each channel.
  public let perChannel: Run
  /// The run with a scale for the weights of each layer.
  public let perTensor: Run

  /// Quantises `checkpoint` both ways for the ranges in `own`, a run of the same checkpoint, and
  /// runs both on the input of `own`; throws if the network cannot be quantised.
  public init(of checkpoint: Checkpoint, like own: Trace, threads: Int? = nil) throws {
    var ranges = ActivationRanges(layers: own.layers.count)
    ranges.add(own)
    let resolution = own.resolution
    func run(isPerChannel: Bool) throws -> Run {
      let quantized = try checkpoint.quantized(
        for: resolution, ranges, QuantizationRecipe(isSigned: true, isPerChannel: isPerChannel))
      let network = try IntegerNetwork(quantized, resolution: resolution, threads: threads)
      let trace = network.run(own.input)
      return Run(
        weights: network.weights, trace: trace, answer: trace.reals.predictions(top: 1).first)
    }
    perChannel = try run(isPerChannel: true)
    perTensor = try run(isPerChannel: false)
  }
}
