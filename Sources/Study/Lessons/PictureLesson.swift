import MobileNet
import Reports
import Tensors

/// A lesson on the effect of a depthwise and a pointwise layer on a photo: pictures, then numbers.
public struct PictureLesson: Lesson {
  /// A plane that the pointwise layer mixes.
  public struct Share: Sendable {
    /// The channel.
    public let channel: Int
    /// The weight times the plane's mean: the plane's share in the mean of the sums.
    public let amount: Double
  }

  /// The sentences.
  public let script: LessonScript
  /// The positions of the first layer, of the depthwise layer and of the pointwise layer.
  public let positions: (stem: Int, depthwise: Int, pointwise: Int)
  /// The output channel of the pointwise layer.
  public let channel: Int
  /// The planes with the largest shares, the largest first; at most ten.
  public let shares: [Share]
  /// The nine weights of the kernel that makes the plane with the largest share.
  public let kernel: [Float]

  private let layers: [Layer]
  private let activation: Activation

  /// The maximum number of planes to show one by one.
  private static let shown = 10

  /// Shows the work of the pair that the layer at `position` belongs to in `trace`, a run of a
  /// network with `checkpoint`, in the words of `script`; nil for a layer of no pair.
  ///
  /// If that is the pointwise layer, `channel` of its output is shown; if it is the depthwise
  /// layer, the clearest channel of the pointwise layer.
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

  /// The plane with the largest share.
  public var plane: Int { shares.first?.channel ?? 0 }

  /// The facts that the script's sentences can use.
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
