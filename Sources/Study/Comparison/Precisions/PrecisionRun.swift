import MobileNet
import Reports
import Tensors

/// A network's run on one image in another precision than floats, with each layer's loss.
public struct PrecisionRun: Sendable {
  /// The values as they are stored between the layers.
  public enum Kept: Sendable {
    /// Half-precision numbers.
    case half(HalfTrace)
    /// Numbers of eight bits, with their scales and zero points.
    case integer(IntegerTrace)
  }

  /// The stored values.
  public let kept: Kept
  /// The real numbers that the stored values stand for.
  public let reals: Trace
  /// The loss of each layer's output.
  public let losses: [LayerLoss]
  /// For each layer, the most likely class if its output is taken from here and all later layers
  /// are computed in floats; nil without a classifier, or if values become too large.
  public let answers: [Prediction?]
  /// The most likely class in floats; nil without a classifier, or if values become too large.
  public let floatAnswer: Prediction?
  /// The reason why there is no answer in floats, if values become too large.
  public let floatProblem: String?

  /// Runs `checkpoint` in halves or in integers on the input of `floats`, a run of `network` in floats.
  ///
  /// Throws an error of the network of that precision, or of `goesOn`, which is called before each
  /// layer.
  public init(
    _ checkpoint: Checkpoint, _ precision: Precision, beside floats: Trace, of network: Network,
    goesOn: () throws -> Void = {}
  ) throws {
    let resolution = floats.resolution
    switch precision {
    case .integer:
      kept = .integer(
        try IntegerNetwork(checkpoint, resolution: resolution, threads: network.threads)
          .run(floats.input))
    case .half:
      kept = .half(
        try HalfNetwork(
          checkpoint, resolution: resolution, threads: network.threads,
          instructionSet: network.instructionSet
        ).run(floats.input))
    case .float: preconditionFailure("floats lose nothing beside themselves")
    }
    reals = kept.reals
    floatProblem = floats.problem
    floatAnswer = floats.predictions(top: 1).first
    var losses: [LayerLoss] = []
    var answers: [Prediction?] = []
    for position in floats.layers.indices {
      try goesOn()
      let output = reals.output(at: position)
      let (reach, step) = kept.reach(at: position)
      losses.append(
        LayerLoss(of: output, from: floats.output(at: position), reach: reach, step: step))
      let rerun = network.rerun(floats, from: position, replacing: output)
      answers.append(rerun.problem == nil ? rerun.predictions(top: 1).first : nil)
    }
    self.losses = losses
    self.answers = answers
  }

  /// The position of the layer from which on the most likely class differs from that in floats; nil
  /// if the network has the same answer.
  public var turningPoint: Int? {
    guard let own = floatAnswer?.classIndex else { return nil }
    let same = answers.lastIndex { $0?.classIndex == own }
    guard let same else { return 0 }
    return same + 1 < answers.count ? same + 1 : nil
  }
}

extension PrecisionRun.Kept {
  /// The real numbers that the stored values stand for.
  fileprivate var reals: Trace {
    switch self {
    case .half(let trace): trace.reals
    case .integer(let trace): trace.reals
    }
  }

  /// Returns the range of the values at `position`, and the largest distance between neighbours.
  fileprivate func reach(at position: Int) -> (ClosedRange<Float>, step: Float) {
    switch self {
    case .half: return (-65504...65504, 32)
    case .integer(let trace):
      let numbers = trace.output(at: position).quantization
      return (numbers.reals, numbers.scale)
    }
  }

  /// Returns a value as it is stored: the bits of a half, or a number of eight bits.
  public func text(at position: Int, y: Int, x: Int, channel: Int) -> String {
    switch self {
    case .half(let trace): NumberText.bits(trace.output(at: position)[y, x, channel])
    case .integer(let trace): "\(trace.output(at: position)[y, x, channel])"
    }
  }
}
