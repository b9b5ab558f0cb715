import Tensors

/// One row of the table: a layer's operation, the layers that it reads and its shapes.
public struct Layer: Hashable, Sendable, Identifiable {
  /// The position in the network, counted from 1 as the paper's table does.
  public let index: Int
  /// The name that the network's authors gave the layer; in a MobileNet, that of the Caffe model:
  /// `conv2_1_dw`.
  public let name: String
  /// The operation that makes the output.
  public let operation: Operation
  /// The activation function behind the operation; nil where there is none.
  public let activation: Activation?
  /// The indices of the layers that this one reads; 0 is the network's input.
  public let sources: [Int]
  /// The shapes of the inputs, one for each of `sources`.
  public let inputs: [Shape]
  /// The shape of the output.
  public let output: Shape

  /// The name, which is unique within a network.
  public var id: String { name }

  /// The shape of the input; of several, the first.
  public var input: Shape { inputs[0] }

  /// The kind of the operation, which tables and scripts name.
  public var kind: Operation.Kind { operation.rules.kind(input) }

  /// The window that one cell of the output reads; for pooling over all places, the whole input.
  public var window: Operation.Window { operation.rules.window(input) }

  /// The distance between neighbouring windows.
  public var stride: Int { window.stride }

  /// The number of rows, and of columns, of the window.
  public var kernelSide: Int { window.side }

  /// Whether an activation function follows.
  public var isActivated: Bool { activation != nil }

  /// Whether the layer has weights.
  public var hasWeights: Bool { parameters > 0 }

  /// Whether the outputs are the classes' probabilities.
  public var givesProbabilities: Bool { operation == .softmax || operation == .sigmoid }

  /// Returns the input values that one output value is computed from, padding included.
  public func readings(row: Int, column: Int, channel: Int) -> [Operation.Reading] {
    operation.rules.readings(row: row, column: column, channel: channel, of: inputs)
  }
}

extension [Layer] {
  /// The position of the last fully connected layer, whose channels are the classes' sums before
  /// softmax or sigmoid; nil without a classifier.
  public var classifier: Int? { lastIndex { $0.kind == .fullyConnected } }

  /// Whether the probabilities are those of a softmax, which does not change when the same number
  /// is added to every class's sum.
  public var hasSoftmax: Bool { contains { $0.kind == .softmax } }

  /// Whether a patch on the layer at `position` can change the prediction: whether the layer
  /// precedes the classifier.
  public func canBePatched(_ position: Int) -> Bool { position < classifier ?? 0 }
}
