import Tensors

/// A network without weights: layers in an order in which they can run, each with the layers that
/// it reads.
public struct Graph: Hashable, Sendable {
  /// The shape of the input.
  public let input: Shape
  /// The layers; a layer reads only those before it.
  public private(set) var layers: [Layer] = []
  /// The index of the layer that the next layer reads by default; 0 is the input.
  public var current = 0

  /// A network without layers for an input of this shape.
  public init(input: Shape) { self.input = input }

  /// Returns the output shape of the layer with this index; 0 is the input.
  public func shape(_ index: Int) -> Shape { index == 0 ? input : layers[index - 1].output }

  /// Adds a layer.
  ///
  /// The new layer reads the layers with the indices `sources`, or the current one, and becomes the
  /// current one.
  public mutating func append(
    _ name: String, _ operation: Operation, activation: Activation? = nil,
    reading sources: [Int]? = nil
  ) {
    let sources = sources ?? [current]
    let inputs = sources.map { shape($0) }
    layers.append(
      Layer(
        index: layers.count + 1, name: name, operation: operation, activation: activation,
        sources: sources, inputs: inputs, output: operation.rules.output(inputs)))
    current = layers.count
  }
}
