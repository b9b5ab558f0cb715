import Tensors

/// Which places of the picture spoke for a class, and which against.
///
/// The mean over all places and the product with a class's weights are both linear, so the class's
/// sum before softmax is exactly the sum of what each place of the last convolution adds to it,
/// and the bias. The same split leads to the class activation maps of Zhou et al., "Learning Deep
/// Features for Discriminative Localization", 2016.
public struct Evidence: Sendable {
  /// The class, in the checkpoint's own numbering.
  public let classIndex: Int
  /// What each place adds; below zero where it speaks against the class.
  public let places: Plane
  /// What is added whatever the picture.
  public let bias: Float

  /// The class's sum before softmax.
  public var sum: Double { places.values.reduce(Double(bias)) { $0 + Double($1) } }

  /// Splits the sum of class `classIndex`.
  ///
  /// `trace` is one of a network with this checkpoint. Nil without a classifier directly behind the
  /// pooling layer, or when there is no such class.
  public init?(_ trace: Trace, checkpoint: Checkpoint, classIndex: Int) {
    guard let pooling = trace.layers.firstIndex(where: { $0.kind == .averagePooling }),
      let product = trace.layers.classifier, product == pooling + 1,
      let weights = checkpoint.weights(of: trace.layers[product]),
      weights.biases.indices.contains(classIndex)
    else { return nil }
    let activation = trace.input(at: pooling)
    let shape = activation.shape
    let row = weights.weights(of: classIndex)
    let values = activation.withUnsafeBufferPointer { values in
      (0..<shape.places).map { place in
        let sum = zip(values[(place * shape.channels)...], row).reduce(0.0) {
          $0 + Double($1.0) * Double($1.1)
        }
        return Float(sum / Double(shape.places))
      }
    }
    self.classIndex = classIndex
    places = Plane(height: shape.height, width: shape.width, values: values)
    bias = weights.biases[classIndex]
  }
}
