import MobileNet

/// How many values of each layer ReLU lets through and ReLU6 would cut off.
public struct CutValues: Equatable, Sendable {
  /// The layers that have an activation function.
  public let layers: [Layer]
  /// For each of them, how many values are above 6.
  public let counts: [Int]

  /// Counts in `trace`, a run with ReLU.
  public init(_ trace: Trace) {
    let positions = trace.layers.indices.filter { trace.layers[$0].isActivated }
    layers = positions.map { trace.layers[$0] }
    let ceiling = Activation.relu6.ceiling
    counts = positions.map { position in
      trace.output(at: position).withUnsafeBufferPointer { values in
        values.reduce(0) { $0 + ($1 > ceiling ? 1 : 0) }
      }
    }
  }

  /// The share of a layer's values that is above 6.
  func share(_ index: Int) -> Double {
    Double(counts[index]) / Double(max(layers[index].output.count, 1))
  }
}
