import MobileNet

/// The numbers of values in each layer that ReLU lets through and ReLU6 would cut off.
public struct CutValues: Equatable, Sendable {
  /// The layers that have an activation function.
  public let layers: [Layer]
  /// The number of values above 6 in each of the layers.
  public let counts: [Int]

  /// Counts the values above 6 in `trace`, a run with ReLU.
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

  /// Returns the share of a layer's values above 6, 0…1.
  func share(_ index: Int) -> Double {
    Double(counts[index]) / Double(max(layers[index].output.count, 1))
  }
}
