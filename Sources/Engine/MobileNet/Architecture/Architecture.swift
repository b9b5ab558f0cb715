import Tensors

/// The hyperparameters of a MobileNet v1, without weights.
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
    /// The number of output channels of the pointwise layer.
    public let channels: Int
  }

  /// A fully connected layer between the pooling layer and the classifier.
  public struct Hidden: Hashable, Sendable {
    /// The number of output channels.
    public let channels: Int
    /// The activation function behind the layer; nil where there is none.
    public let activation: Activation?

    /// A layer with `channels` output channels.
    public init(channels: Int, activation: Activation?) {
      self.channels = channels
      self.activation = activation
    }
  }

  /// The function that turns the classes' sums into probabilities.
  public enum Head: String, Hashable, Sendable, Codable, CaseIterable {
    /// One class is right: the probabilities add up to 1.
    case softmax
    /// Each class is right or wrong by itself.
    case sigmoid
  }

  /// The number of input channels: 3 for colours, 1 for grey.
  public let inputChannels: Int
  /// The number of output channels of conv1.
  public let stemChannels: Int
  /// The depthwise separable layers: thirteen, or eight in a shallow network.
  public let pairs: [Pair]
  /// The number of classes; nil for a feature extractor that ends with the pooling layer.
  public let classes: Int?
  /// The fully connected layers before the classifier; MobileNets have none, fine-tuned ones may.
  public let hidden: [Hidden]
  /// The function that turns the classes' sums into probabilities.
  public let head: Head
  /// The padding of the stride-2 layers.
  public internal(set) var padding: Padding
  /// The activation function behind every convolution.
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
  /// Channels are α times the table's, rounded down, and at least 8, as in TensorFlow.
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

  /// A network with the channel counts found in a checkpoint's weights.
  ///
  /// `pairChannels` holds the output channels of thirteen pairs, or of eight for a shallow network.
  public init(
    inputChannels: Int = 3, stemChannels: Int, pairChannels: [Int], hidden: [Hidden] = [],
    classes: Int?, head: Head = .softmax, padding: Padding, activation: Activation
  ) {
    let shallow = pairChannels.count == Self.table.count - Self.deep.count
    let rows = Self.table.filter { !(shallow && Self.deep.contains($0.name)) }
    precondition(rows.count == pairChannels.count, "13 pairs, or 8 for a shallow network")
    self.inputChannels = inputChannels
    self.stemChannels = stemChannels
    self.pairs = zip(rows, pairChannels).map {
      Pair(name: $0.name, stride: $0.stride, channels: $1)
    }
    self.classes = classes
    self.hidden = hidden
    self.head = head
    self.padding = padding
    self.activation = activation
  }

  /// Whether the five middle pairs are left out.
  public var isShallow: Bool { pairs.count < Self.table.count }

  /// The width multiplier, derived from the last convolution's channels.
  public var width: Double { Double(pairs.last?.channels ?? 0) / 1024 }

  /// Returns the shape of the network's input at `resolution`.
  public func input(resolution: Resolution) -> Shape {
    Shape(height: resolution.height, width: resolution.width, channels: inputChannels)
  }

  /// Returns the layers for an input of `resolution`.
  public func layers(resolution: Resolution) -> [Layer] { graph(resolution: resolution).layers }

  /// Builds the graph of the network for an input of `resolution`.
  public func graph(resolution: Resolution) -> Graph {
    var graph = Graph(input: input(resolution: resolution))
    func window(stride: Int) -> Operation.Window {
      Operation.Window(
        side: 3, stride: stride,
        before: padding.before(stride: stride, graph.shape(graph.current)),
        after: Padding.after)
    }
    func append(
      _ name: String, _ window: Operation.Window, groups: Int = 1, channels: Int
    ) {
      let convolution = Operation.Convolution(window, groups: groups, outputs: channels)
      graph.append(name, .convolution(convolution), activation: activation)
    }
    func appendProduct(_ channels: Int, activation: Activation? = nil) {
      let product = Operation.FullyConnected(outputs: channels)
      let number = graph.layers.count { $0.kind == .fullyConnected } + 7
      graph.append("fc\(number)", .fullyConnected(product), activation: activation)
    }

    append("conv1", window(stride: 2), channels: stemChannels)
    for pair in pairs {
      let channels = graph.shape(graph.current).channels
      append(
        "\(pair.name)_dw", window(stride: pair.stride), groups: channels, channels: channels)
      append("\(pair.name)_sep", Operation.Window(side: 1), channels: pair.channels)
    }
    graph.append("pool6", .pooling(.mean))
    for layer in hidden { appendProduct(layer.channels, activation: layer.activation) }
    if let classes {
      appendProduct(classes)
      graph.append("prob", head == .softmax ? .softmax : .sigmoid)
    }
    return graph
  }
}
