import Tensors

/// A MobileNet v1 as a table anyone can read: what there is before any weights.
///
/// Howard et al., "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision
/// Applications", 2017, table 1. Layer names follow the Caffe model.
public struct Architecture: Hashable, Sendable {
  /// A depthwise layer and the pointwise layer that follows it.
  public struct Pair: Hashable, Sendable {
    /// The common part of both names: `conv2_1` for `conv2_1_dw` and `conv2_1_sep`.
    public let name: String
    /// The stride of the depthwise layer.
    public let stride: Int
    /// The output channels of the pointwise layer.
    public let channels: Int
  }

  /// The output channels of conv1.
  public let stemChannels: Int
  /// The depthwise separable layers, thirteen or (shallow) eight of them.
  public let pairs: [Pair]
  /// The number of classes; nil for a feature extractor that ends with the pooling layer.
  public let classes: Int?
  /// Where stride-2 layers begin.
  public internal(set) var padding: Padding
  /// What follows every convolution.
  public internal(set) var activation: Activation

  /// The thirteen pairs of the paper at width 1.
  private static let table: [Pair] = [
    Pair(name: "conv2_1", stride: 1, channels: 64),
    Pair(name: "conv2_2", stride: 2, channels: 128),
    Pair(name: "conv3_1", stride: 1, channels: 128),
    Pair(name: "conv3_2", stride: 2, channels: 256),
    Pair(name: "conv4_1", stride: 1, channels: 256),
    Pair(name: "conv4_2", stride: 2, channels: 512),
    Pair(name: "conv5_1", stride: 1, channels: 512),
    Pair(name: "conv5_2", stride: 1, channels: 512),
    Pair(name: "conv5_3", stride: 1, channels: 512),
    Pair(name: "conv5_4", stride: 1, channels: 512),
    Pair(name: "conv5_5", stride: 1, channels: 512),
    Pair(name: "conv5_6", stride: 2, channels: 1024),
    Pair(name: "conv6", stride: 1, channels: 1024),
  ]

  /// The five pairs that the shallow network leaves out.
  private static let deep: Set = ["conv5_1", "conv5_2", "conv5_3", "conv5_4", "conv5_5"]

  /// The paper's network at a width multiplier, α in the paper.
  ///
  /// Channels are α times the table's, rounded down, and at least 8, as TensorFlow has it.
  public init(
    width: Double = 1, shallow: Bool = false, classes: Int? = 1000,
    padding: Padding = .symmetric, activation: Activation = .relu
  ) {
    func scaled(_ channels: Int) -> Int { max(8, Int(Double(channels) * width)) }
    let pairs = Self.table.filter { !(shallow && Self.deep.contains($0.name)) }
    self.init(
      stemChannels: scaled(32), pairChannels: pairs.map { scaled($0.channels) },
      classes: classes, padding: padding, activation: activation)
  }

  /// A network with the channel counts that a checkpoint's weights say it has.
  ///
  /// `pairChannels` holds the output channels of thirteen pairs, or of eight for shallow.
  public init(
    stemChannels: Int, pairChannels: [Int], classes: Int?, padding: Padding,
    activation: Activation
  ) {
    let shallow = pairChannels.count == Self.table.count - Self.deep.count
    let rows = Self.table.filter { !(shallow && Self.deep.contains($0.name)) }
    precondition(rows.count == pairChannels.count, "13 pairs, or 8 for a shallow network")
    self.stemChannels = stemChannels
    self.pairs = zip(rows, pairChannels).map {
      Pair(name: $0.name, stride: $0.stride, channels: $1)
    }
    self.classes = classes
    self.padding = padding
    self.activation = activation
  }

  /// Whether the five middle pairs are left out.
  public var isShallow: Bool { pairs.count < Self.table.count }

  /// The width multiplier that the last convolution's channels amount to.
  public var width: Double { Double(pairs.last?.channels ?? 0) / 1024 }

  /// The input sides that a network can be run at: the strides halve the side five times.
  public static let resolutions = stride(from: 32, through: 512, by: 32)

  /// The layers for an input of `resolution` × `resolution` × 3.
  public func layers(resolution: Int) -> [Layer] {
    var layers: [Layer] = []
    var shape = Shape(side: resolution, channels: 3)
    func append(_ name: String, _ kind: Layer.Kind, stride: Int = 1, output: Shape) {
      layers.append(
        Layer(
          index: layers.count + 1, name: name, kind: kind, stride: stride, input: shape,
          output: output))
      shape = output
    }
    func strided(_ stride: Int, channels: Int) -> Shape {
      Shape(side: (shape.height + stride - 1) / stride, channels: channels)
    }

    append("conv1", .convolution, stride: 2, output: strided(2, channels: stemChannels))
    for pair in pairs {
      append(
        "\(pair.name)_dw", .depthwise, stride: pair.stride,
        output: strided(pair.stride, channels: shape.channels))
      append("\(pair.name)_sep", .pointwise, output: strided(1, channels: pair.channels))
    }
    append("pool6", .averagePooling, output: Shape(side: 1, channels: shape.channels))
    if let classes {
      append("fc7", .fullyConnected, output: Shape(side: 1, channels: classes))
      append("prob", .softmax, output: Shape(side: 1, channels: classes))
    }
    return layers
  }
}

extension [Layer] {
  /// The parameters of all layers.
  public var parameters: Int { reduce(0) { $0 + $1.parameters } }

  /// The multiply-adds of all layers.
  public var multiplyAdds: Int { reduce(0) { $0 + $1.multiplyAdds } }
}
