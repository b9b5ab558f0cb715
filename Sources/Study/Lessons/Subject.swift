import MobileNet
import Tensors

/// The value that a lesson is about, and what was found out about it so far.
public struct Subject: Sendable {
  /// The run that it belongs to.
  public let trace: Trace
  /// The weights that were run.
  public let checkpoint: Checkpoint
  /// The position of its layer, counted from 0.
  public let position: Int
  /// Its row in the layer's output.
  public let row: Int
  /// Its column in the layer's output.
  public let column: Int
  /// Its channel.
  public let channel: Int
  /// The layer's sums before its activation function, once they are there.
  public var sums: Tensor?
  /// The run with the other convention, once it is there.
  public var other: OtherRun?
  /// What a backward pass says of it, once that is there.
  public var backpropagation: Backpropagation?
  /// The same in integers, once that is there.
  public var integers: IntegerRuns?
  /// The sentences to explain it with; nil for those that come with the program.
  public var script: LessonScript?
  /// The language of those.
  public var language = LessonLibrary.english
  /// The times of pairs and of what they replace, by the name of the depthwise layer.
  public var measured: [String: ReplacementTimes] = [:]

  /// What comes of teaching classes by their background, once that was tried.
  public var background: BackgroundOutcome?

  /// The value of `channel` in row `row` and column `column` of the layer at `position` of
  /// `trace`, a run of a network with `checkpoint`.
  public init(
    _ trace: Trace, checkpoint: Checkpoint, position: Int, row: Int, column: Int, channel: Int
  ) {
    self.trace = trace
    self.checkpoint = checkpoint
    self.position = position
    self.row = row
    self.column = column
    self.channel = channel
  }
}

extension Topic {
  /// Whether it speaks of a layer's sums before the activation function.
  public var needsSums: Bool { self == .norm || self == .activation }

  /// Whether it speaks of what comes of teaching classes by their background.
  public var needsBackground: Bool { self == .background }

  /// The pairs of `layers` whose times it speaks of, where the layer at `position` is explained.
  public func timedPairs(of layers: [Layer], at position: Int) -> [Replacement] {
    switch self {
    case .replacement: Replacement(layers, position: position).map { [$0] } ?? []
    case .network:
      layers.indices.filter { layers[$0].kind == .depthwise }
        .compactMap { Replacement(layers, position: $0) }
    case .cell, .field, .padding, .norm, .activation, .picture, .background,
      .backpropagation, .quantization:
      []
    }
  }

  /// Explains `subject`; nil where the topic has nothing to say about its layer, as long as what
  /// it needs is missing, and where the program's own lessons are not beside it.
  public func lesson(about subject: Subject) -> (any Lesson)? {
    let (trace, checkpoint) = (subject.trace, subject.checkpoint)
    guard isAbout(trace.layers[subject.position]),
      let script = subject.script ?? LessonLibrary.script(on: self, in: subject.language)
    else { return nil }
    switch self {
    case .cell:
      return Walkthrough(
        trace, checkpoint: checkpoint, position: subject.position, row: subject.row,
        column: subject.column, channel: subject.channel, script: script)
    case .field:
      return FieldLesson(
        trace.layers, position: subject.position, row: subject.row, column: subject.column,
        script: script)
    case .padding:
      return PaddingLesson(
        trace, checkpoint: checkpoint, position: subject.position, row: subject.row,
        column: subject.column, channel: subject.channel, other: subject.other,
        script: script)
    case .norm:
      return subject.sums.flatMap {
        NormLesson(
          trace, checkpoint: checkpoint, position: subject.position, row: subject.row,
          column: subject.column, channel: subject.channel, sums: $0,
          script: script)
      }
    case .activation:
      return subject.sums.map {
        ActivationLesson(
          trace, checkpoint: checkpoint, position: subject.position, row: subject.row,
          column: subject.column, channel: subject.channel, sums: $0, other: subject.other,
          script: script)
      }
    case .replacement:
      return Replacement(trace.layers, position: subject.position).map {
        ReplacementLesson($0, times: subject.measured[$0.depthwise.name], script: script)
      }
    case .picture:
      return PictureLesson(
        trace, checkpoint: checkpoint, position: subject.position, channel: subject.channel,
        script: script)
    case .background:
      return subject.background.map {
        BackgroundLesson($0, of: checkpoint.name, script: script)
      }
    case .backpropagation:
      return subject.backpropagation.map {
        BackpropagationLesson(
          trace, checkpoint: checkpoint, position: subject.position, row: subject.row,
          column: subject.column, channel: subject.channel, found: $0, script: script)
      }
    case .quantization:
      return subject.integers.flatMap {
        QuantizationLesson(
          trace, checkpoint: checkpoint, position: subject.position, row: subject.row,
          column: subject.column, channel: subject.channel, runs: $0, script: script)
      }
    case .network:
      return NetworkLesson(
        NetworkBill(trace.layers, milliseconds: trace.milliseconds), of: checkpoint.name,
        measured: subject.measured, script: script)
    }
  }
}
