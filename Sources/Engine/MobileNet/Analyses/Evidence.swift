import Tensors

/// The evidence for a class: how much each place of the last convolution adds to the class's logit.
///
/// The logit is centred: it is the class's sum before softmax less the mean of all classes' sums,
/// because a softmax does not change when the same number is added to every sum. The mean over all
/// places and the product with weights are both linear, so the centred logit is exactly the sum of
/// the contributions of all places and of the bias, with the mean of all classes' weights and
/// biases subtracted from this class's. These are class activation maps (Zhou et al., "Learning
/// Deep Features for Discriminative Localization", 2016), centred over the classes. With a sigmoid
/// for each class, the logit is the class's own sum, and no mean is subtracted.
public struct Evidence: Sendable {
  /// The class, in the checkpoint's own numbering.
  public let classIndex: Int
  /// The contribution of each place; below zero where the place speaks against the class.
  public let places: Plane
  /// The part of the logit that does not depend on the picture.
  public let bias: Float

  /// The logit: the class's sum, for a softmax less the mean of all classes' sums.
  public var sum: Double { places.values.reduce(Double(bias)) { $0 + Double($1) } }

  /// Computes the evidence for class `classIndex` in `trace`.
  ///
  /// `trace` is one of a network with this checkpoint. Creates nil without a classifier directly
  /// behind the pooling layer, or when there is no such class.
  public init?(_ trace: Trace, checkpoint: Checkpoint, classIndex: Int) {
    guard let pooling = trace.layers.firstIndex(where: { $0.kind == .averagePooling }),
      let product = trace.layers.classifier, product == pooling + 1,
      let weights = checkpoint.weights(of: trace.layers[product]),
      weights.biases.indices.contains(classIndex)
    else { return nil }
    let activation = trace.input(at: pooling)
    let shape = activation.shape
    let own = weights.weights(of: classIndex)
    let row =
      trace.layers.hasSoftmax
      ? zip(own, weights.meanWeights).map { Double($0) - $1 } : own.map(Double.init)
    let values = activation.withUnsafeBufferPointer { values in
      (0..<shape.places).map { place in
        let sum = zip(values[(place * shape.channels)...], row).reduce(0.0) {
          $0 + Double($1.0) * $1.1
        }
        return Float(sum / Double(shape.places))
      }
    }
    self.classIndex = classIndex
    places = Plane(height: shape.height, width: shape.width, values: values)
    let biases = Tensor(
      shape: Shape(height: 1, width: 1, channels: weights.biases.count), values: weights.biases)
    bias = Float(Target.logit(of: classIndex, in: trace.layers).value(of: biases))
  }
}

extension LayerWeights {
  /// The mean over all output channels of the weight of each input.
  fileprivate var meanWeights: [Double] {
    let count = weights.count / biases.count
    var sums = [Double](repeating: 0, count: count)
    weights.withUnsafeBufferPointer { weights in
      for first in stride(from: 0, to: weights.count, by: count) {
        for index in 0..<count { sums[index] += Double(weights[first + index]) }
      }
    }
    return sums.map { $0 / Double(biases.count) }
  }
}
