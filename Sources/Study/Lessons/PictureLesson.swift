import MobileNet
import Reports
import Tensors

/// What a depthwise and a pointwise layer do to a photo, in pictures first and in numbers after.
public struct PictureLesson: Lesson {
  /// One of the planes that are mixed.
  public struct Share: Sendable {
    /// The channel.
    public let channel: Int
    /// Its weight times its mean: what it adds to the mean of the sums.
    public let amount: Double
  }

  /// The sentences.
  public let script: LessonScript
  /// The positions of the first layer, of the depthwise layer and of the pointwise layer.
  public let positions: (stem: Int, depthwise: Int, pointwise: Int)
  /// The channel that the pointwise layer makes.
  public let channel: Int
  /// The planes that count most for it, the most important first; at most ten.
  public let shares: [Share]
  /// The nine weights of the kernel that makes the most important plane.
  public let kernel: [Float]

  private let layers: [Layer]
  private let activation: Activation

  /// The planes that are shown one by one.
  private static let shown = 10

  /// Shows what the pair that the layer at `position` belongs to did in `trace`, a run of a network
  /// with `checkpoint`, in the words of `script`; nil for a layer of no pair.
  ///
  /// Of a pointwise layer `channel` is shown, of the one after a depthwise layer the channel that
  /// varies most.
  public init?(
    _ trace: Trace, checkpoint: Checkpoint, position: Int, channel: Int, script: LessonScript
  ) {
    guard let pair = Replacement(trace.layers, position: position),
      let stem = trace.layers.firstIndex(where: { $0.kind == .convolution }),
      let mixing = checkpoint.weights(of: pair.pointwise),
      let filtering = checkpoint.weights(of: pair.depthwise)
    else { return nil }
    let (depthwise, pointwise) = (pair.depthwise.index - 1, pair.pointwise.index - 1)
    positions = (stem, depthwise, pointwise)
    layers = trace.layers
    self.script = script
    activation = checkpoint.architecture.activation
    let made =
      position == pointwise
      ? channel : ChannelStatistics(trace.output(at: pointwise)).mostCoherent
    self.channel = made
    let means = ChannelStatistics(trace.output(at: depthwise)).channels.map(\.mean)
    let all = zip(mixing.weights(of: made), means).enumerated().map {
      Share(channel: $0.offset, amount: Double($0.element.0) * $0.element.1)
    }
    shares = Array(
      all.sorted {
        ($1.amount.magnitude, $0.channel) < ($0.amount.magnitude, $1.channel)
      }.prefix(Self.shown))
    kernel = Array(filtering.weights(of: shares.first?.channel ?? 0))
  }

  /// The plane that counts most.
  public var plane: Int { shares.first?.channel ?? 0 }

  /// The names that its sentences can use.
  public var facts: Facts {
    let (depthwise, pointwise) = (layers[positions.depthwise], layers[positions.pointwise])
    var facts = Facts()
    facts.set("stem", layers[positions.stem].name)
    facts.set("planes", "\(layers[positions.stem].output.channels)")
    facts.set("depthwise", depthwise.name)
    facts.set("pointwise", pointwise.name)
    facts.set("plane", "\(plane)")
    facts.set("inputs", NumberText.grouped(depthwise.output.channels))
    facts.set("other-inputs", NumberText.grouped(depthwise.output.channels - 1))
    facts.set("channel", "\(channel)")
    facts.set("outputs", NumberText.grouped(pointwise.output.channels))
    facts.set("shown", "\(shares.count)")
    facts.set("activation", activation.name)
    facts.charts["shares"] = Facts.ChartFact(
      title: "shares",
      rows: shares.map { (.text("\($0.channel)"), $0.amount, NumberText.fixed($0.amount, 3)) },
      reach: shares.map(\.amount.magnitude).max())
    return facts
  }
}
