import Tensors

/// How far two networks' outputs of the same layer lie apart.
public struct LayerDifference: Sendable {
  /// The layer.
  public let layer: Layer
  /// The largest difference of two values.
  public let largest: Float
  /// That, as a part of the largest magnitude in the first network's output.
  public let relative: Float
  /// Where it is.
  public let place: (row: Int, column: Int, channel: Int)
}

extension Trace {
  /// What each layer's output differs from that of `other` by, in the order of the layers.
  ///
  /// Ends with the first layer that the networks do not have in common. A value that is not a
  /// number differs infinitely.
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
