import Tensors

/// The largest difference between two networks' outputs of the same layer.
public struct LayerDifference: Sendable {
  /// The layer.
  public let layer: Layer
  /// The largest absolute difference of two values at the same index.
  public let largest: Float
  /// The largest difference as a fraction of the largest magnitude in the first network's output.
  public let relative: Float
  /// The location of the largest difference.
  public let place: (row: Int, column: Int, channel: Int)
}

extension Trace {
  /// Compares each layer's output with that of `other`, in the order of the layers.
  ///
  /// Stops at the first layer that the networks do not share. A NaN counts as an infinite
  /// difference.
  public func differences(from other: Trace) -> [LayerDifference] {
    zip(layers.indices, other.layers)
      .prefix { layers[$0].kind == $1.kind && layers[$0].output == $1.output }
      .map { position, _ in
        LayerDifference(
          layers[position], output(at: position), other.output(at: position))
      }
  }
}

extension LayerDifference {
  fileprivate init(_ layer: Layer, _ first: Tensor, _ second: Tensor) {
    var (largest, magnitude, index): (Float, Float, Int) = (0, 0, 0)
    first.withUnsafeBufferPointer { first in
      second.withUnsafeBufferPointer { second in
        for place in first.indices {
          magnitude = max(magnitude, abs(first[place]))
          let difference = abs(first[place] - second[place])
          if !(difference <= largest) {
            (largest, index) = (difference.isNaN ? .infinity : difference, place)
          }
        }
      }
    }
    self.layer = layer
    self.largest = largest
    relative = largest == 0 ? 0 : largest / magnitude
    let shape = layer.output
    place = (
      index / shape.channels / shape.width, index / shape.channels % shape.width,
      index % shape.channels
    )
  }
}
