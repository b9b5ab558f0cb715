import Tensors

/// A network that MobileNets are compared with: a list of layers that anyone can read, and that
/// can be run.
public struct ReferenceNetwork: Hashable, Sendable {
  /// What people call it.
  public let name: String
  /// The layers, in an order in which they can be run.
  public private(set) var layers: [ReferenceLayer] = []

  /// The extent of each activation; the first is the input.
  private(set) var activations: [Shape]
  /// The activation that the next layer reads.
  private var current = 0

  /// A network for pictures of `side` × `side` × 3, put together by `build`.
  init(_ name: String, side: Int, build: (inout ReferenceNetwork) -> Void) {
    self.name = name
    activations = [Shape(side: side, channels: 3)]
    build(&self)
  }

  /// What goes in.
  public var input: Shape { activations[0] }
  /// The weights and biases.
  public var parameters: Int { layers.reduce(0) { $0 + $1.parameters } }
  /// The multiply-adds.
  public var multiplyAdds: Int { layers.reduce(0) { $0 + $1.multiplyAdds } }

  private var shape: Shape { activations[current] }

  /// Adds a convolution with `channels` output channels.
  mutating func convolution(
    _ name: String, _ channels: Int, side: Int, stride: Int = 1, padding: Int = 0
  ) {
    let output = Shape(
      side: (shape.height + 2 * padding - side) / stride + 1, channels: channels)
    append(name, .convolution(side: side, stride: stride, padding: padding), output: output)
  }

  /// Adds a pooling layer; a last window that reaches over the edge counts, as Caffe has it.
  mutating func maxPooling(_ name: String, side: Int, stride: Int, padding: Int = 0) {
    let output = Shape(
      side: (shape.height + 2 * padding - side + stride - 1) / stride + 1,
      channels: shape.channels)
    append(name, .maxPooling(side: side, stride: stride, padding: padding), output: output)
  }

  /// Adds the mean over all places.
  mutating func averagePooling(_ name: String) {
    append(name, .averagePooling, output: Shape(side: 1, channels: shape.channels))
  }

  /// Adds a matrix product.
  mutating func fullyConnected(_ name: String, _ outputs: Int) {
    append(name, .fullyConnected, output: Shape(side: 1, channels: outputs))
  }

  /// Adds branches that read the same and whose last layers write side by side.
  mutating func branches(_ builds: ((inout ReferenceNetwork) -> Void)...) {
    let start = current
    var ends: [Int] = []
    for build in builds {
      current = start
      build(&self)
      ends.append(layers.count - 1)
    }
    let channels = ends.reduce(0) { $0 + layers[$1].output.channels }
    activations.append(Shape(side: layers[ends[0]].output.height, channels: channels))
    current = activations.count - 1
    var first = 0
    for end in ends {
      let layer = layers[end]
      layers[end] = ReferenceLayer(
        name: layer.name, kind: layer.kind, input: layer.input, output: layer.output,
        source: layer.source, target: current, firstChannel: first)
      first += layer.output.channels
    }
  }

  private mutating func append(_ name: String, _ kind: ReferenceLayer.Kind, output: Shape) {
    activations.append(output)
    layers.append(
      ReferenceLayer(
        name: name, kind: kind, input: shape, output: output, source: current,
        target: activations.count - 1, firstChannel: 0))
    current = activations.count - 1
  }
}
