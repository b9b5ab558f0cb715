import MobileNet

/// A layer as its file describes it; nil where the file states nothing.
struct LayerDescription: Sendable {
  /// The operations that formats have to distinguish.
  enum Operation: Hashable, Sendable {
    case convolution
    case depthwise
    case fullyConnected
    case averagePooling
    /// An operation that no MobileNet v1 has, by the format's name for it.
    case other(String)

    /// Converts the kind of a layer of the table.
    init(_ kind: MobileNet.Operation.Kind) {
      self =
        switch kind {
        case .convolution, .pointwise: .convolution
        case .depthwise: .depthwise
        case .fullyConnected: .fullyConnected
        case .averagePooling: .averagePooling
        case .softmax, .sigmoid, .maxPooling, .addition, .concatenation: .other(kind.rawValue)
        }
    }
  }

  /// The activation behind the convolution.
  enum Nonlinearity: Hashable, Sendable {
    case known(Activation)
    case none
    /// Another function, by the format's name for it.
    case other(String)
  }

  /// The zero padding of a 3×3 convolution.
  enum Border: Hashable, Sendable {
    /// The padding that makes the output the input's size over the stride, rounded up; an odd row
    /// comes after.
    case same
    /// The rows above and below; columns left and right are the same.
    case explicit(before: Int, after: Int)

    /// The padding in words, for an error: "0 rows before and 2 after".
    var summary: String {
      switch self {
      case .same: "TensorFlow's SAME"
      case .explicit(let before, let after): "\(before) rows before and \(after) after"
      }
    }
  }

  /// The layer's name in the file.
  var name: String
  /// The layer's operation.
  var operation: Operation
  /// The weights.
  var filter: Filter?
  /// One bias per output channel.
  var biases: StoredTensor?
  /// The batch normalisation between the convolution and the activation.
  var batchNorm: BatchNorm?
  /// The distance between neighbouring windows.
  var stride: Int?
  /// The padding of the input.
  var border: Border?
  /// The activation behind the layer.
  var nonlinearity: Nonlinearity?
  /// The window of a pooling; nil for pooling over all places, or where the file states none.
  var window: PoolingWindow?
  /// A batch norm of the layer's input, where that comes from the pooling.
  var inputNorm: BatchNorm?
}

/// A batch normalisation: (x − mean) · γ / √(variance + ε) + β.
struct BatchNorm: Sendable {
  /// γ; nil for 1.
  var gamma: StoredTensor?
  /// β; nil for 0.
  var beta: StoredTensor?
  /// μ; nil for 0, where there is only a scale.
  var mean: StoredTensor?
  /// σ²; nil for 1, where there is only a scale.
  var variance: StoredTensor?
  /// ε, which keeps a small variance from causing a division by zero.
  var epsilon: Double
  /// The divisor of mean and variance; Caffe keeps sums and a moving-average factor.
  var momentsDivisor: Double = 1

  /// Returns the equivalent product and sum for each of `channels`; errors name `name`.
  func factorsAndSums(
    channels: Int, name: String
  ) throws(ImportError) -> (factors: [Double], sums: [Double]) {
    func numbers(
      _ tensor: StoredTensor?, _ standard: Double, divisor: Double = 1
    ) throws(ImportError) -> [Double] {
      guard let tensor else { return Array(repeating: standard, count: channels) }
      guard [1, channels].contains(tensor.count) else {
        throw .inconsistent(
          problem: "\(tensor.name) has \(tensor.count) numbers, "
            + "expected one for each of the \(channels) channels of \(name)")
      }
      let numbers = try tensor.floats().map { Double($0) / divisor }
      return tensor.count == 1 ? Array(repeating: numbers[0], count: channels) : numbers
    }
    let gammas = try numbers(gamma, 1)
    let betas = try numbers(beta, 0)
    let means = try numbers(mean, 0, divisor: momentsDivisor)
    let variances = try numbers(variance, 1, divisor: momentsDivisor)
    let factors = zip(gammas, variances).map { $0 / ($1 + epsilon).squareRoot() }
    let sums = zip(betas, zip(means, factors)).map { $0 - $1.0 * $1.1 }
    return (factors, sums)
  }
}
