import MobileNet
import Reports
import Tensors

/// What a network made of one image in another precision than floats, and what that cost layer by layer.
public struct PrecisionRun: Sendable {
  /// The numbers as they are kept between the layers.
  public enum Kept: Sendable {
    /// Half-precision numbers.
    case half(HalfTrace)
    /// Numbers of eight bits, with what they stand for.
    case integer(IntegerTrace)
  }

  /// The numbers as they are kept.
  public let kept: Kept
  /// What they stand for.
  public let reals: Trace
  /// What each layer's output lost.
  public let losses: [LayerLoss]
  /// For each layer, what the network answers when its output is taken from here and all that follows is
  /// computed in floats; nil without a classifier.
  public let answers: [Prediction?]
  /// What the network answers in floats.
  public let floatAnswer: Prediction?

  /// Runs `checkpoint` in halves or in integers on the input of `floats`, a run of `network` in floats.
  ///
  /// Throws as the network of that precision does, and where `goesOn` does: before each layer.
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
    floatAnswer = floats.predictions(top: 1).first
    var losses: [LayerLoss] = []
    var answers: [Prediction?] = []
    for position in floats.layers.indices {
      try goesOn()
      let output = reals.output(at: position)
      let (reach, step) = kept.reach(at: position)
      losses.append(
        LayerLoss(of: output, from: floats.output(at: position), reach: reach, step: step))
      answers.append(
        network.rerun(floats, from: position, replacing: output).predictions(top: 1).first)
    }
    self.losses = losses
    self.answers = answers
  }

  /// The layer from which on the answer is another than that of floats, by its position; nil where the
  /// network answers the same.
  public var turningPoint: Int? {
    guard let own = floatAnswer?.classIndex else { return nil }
    let same = answers.lastIndex { $0?.classIndex == own }
    guard let same else { return 0 }
    return same + 1 < answers.count ? same + 1 : nil
  }
}

extension PrecisionRun.Kept {
  /// What the numbers stand for.
  fileprivate var reals: Trace {
    switch self {
    case .half(let trace): trace.reals
    case .integer(let trace): trace.reals
    }
  }

  /// What the numbers of the output of the layer at `position` reach, and their largest distance.
  fileprivate func reach(at position: Int) -> (ClosedRange<Float>, step: Float) {
    switch self {
    case .half: return (-65504...65504, 32)
    case .integer(let trace):
      let numbers = trace.output(at: position).quantization
      return (numbers.reals, numbers.scale)
    }
  }

  /// A number as it is kept: the bits of a half, or a byte and what it means.
  public func text(at position: Int, y: Int, x: Int, channel: Int) -> String {
    switch self {
    case .half(let trace): NumberText.bits(trace.output(at: position)[y, x, channel])
    case .integer(let trace): "\(trace.output(at: position)[y, x, channel])"
    }
  }
}
