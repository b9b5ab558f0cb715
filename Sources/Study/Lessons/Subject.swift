import MobileNet
import Tensors

/// The value that a lesson is about, and the findings about it so far.
public struct Subject: Sendable {
  /// The run that has the value.
  public let trace: Trace
  /// The weights of the run.
  public let checkpoint: Checkpoint
  /// The position of the layer, from 0.
  public let position: Int
  /// The row in the layer's output.
  public let row: Int
  /// The column in the layer's output.
  public let column: Int
  /// The channel in the layer's output.
  public let channel: Int
  /// The layer's sums before its activation function; nil until they are computed.
  public var sums: Tensor?
  /// The run with the other convention; nil until it is computed.
  public var other: OtherRun?
  /// The gradient of the value, and its check; nil until they are computed.
  public var backpropagation: Backpropagation?
  /// The runs in integers; nil until they are computed.
  public var integers: IntegerRuns?
  /// The script to explain the value with; nil for the program's own.
  public var script: LessonScript?
  /// The language of the program's own script.
  public var language = LessonLibrary.english
  /// The times of pairs and of the convolutions that they replace, by the depthwise layer's name.
  public var measured: [String: ReplacementTimes] = [:]

  /// The outcome of teaching classes by their background; nil until it is computed.
  public var background: BackgroundOutcome?

  /// Creates the subject of the value of `channel` in row `row` and column `column` of the layer at
  /// `position` of `trace`, a run of a network with `checkpoint`.
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
  /// Whether the topic needs a layer's sums before the activation function.
  public var needsSums: Bool { self == .norm || self == .activation }

  /// Whether the topic needs the outcome of teaching classes by their background.
  public var needsBackground: Bool { self == .background }

  /// Returns the pairs of `layers` whose times the topic needs to explain the layer at `position`.
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

  /// Returns the lesson about `subject`; nil if the topic does not apply to its layer, while
  /// findings that the lesson needs are missing, or if the program's own lessons cannot be found.
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
