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
  /// The accuracy of such networks over many photos, where somebody measured that.
  public let accuracy: IntegerAccuracy?

  /// Makes integers of `checkpoint` for the ranges that `own`, a run of it, has, and runs both on its
  /// input; throws where the network has no integers.
  ///
  /// `accuracy` is what is known of them over many photos.
  public init(
    of checkpoint: Checkpoint, like own: Trace, accuracy: IntegerAccuracy? = nil,
    threads: Int? = nil
  ) throws {
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
    self.accuracy = accuracy
    perChannel = try run(isPerChannel: true)
    perTensor = try run(isPerChannel: false)
  }
}
