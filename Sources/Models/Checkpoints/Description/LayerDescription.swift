import MobileNet

/// One layer as a file describes it; nil is what the file does not say.
struct LayerDescription: Sendable {
  /// The operations that a format has to tell apart.
  enum Operation: Hashable, Sendable {
    case convolution
    case depthwise
    case fullyConnected
    case averagePooling
    /// Something that no MobileNet v1 has, by the name that the format gives it.
    case other(String)

    /// What a layer of the table is called here.
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

  /// What follows the convolution.
  enum Nonlinearity: Hashable, Sendable {
    case known(Activation)
    case none
    /// By the name that the format gives it.
    case other(String)
  }

  /// What is added around the input before a 3×3 window slides over it.
  enum Border: Hashable, Sendable {
    /// So much that the output is the input's size over the stride, rounded up; the odd one after.
    case same
    /// Rows above, rows below; columns left and right are the same.
    case explicit(before: Int, after: Int)

    /// What it is, for an error: "0 rows before and 2 after".
    var summary: String {
      switch self {
      case .same: "TensorFlow's SAME"
      case .explicit(let before, let after): "\(before) rows before and \(after) after"
      }
    }
  }

  /// What the file calls it.
  var name: String
  /// What it does.
  var operation: Operation
  /// The weights.
  var filter: Filter?
  /// One bias per output channel.
  var biases: StoredTensor?
  /// The batch normalisation between the convolution and the activation.
  var batchNorm: BatchNorm?
  /// The step between neighbouring windows.
  var stride: Int?
  /// What is added around the input.
  var border: Border?
  /// What follows.
  var nonlinearity: Nonlinearity?
  /// The window of a pooling; nil where it is over everything, or not said.
  var window: PoolingWindow?
  /// A batch norm of its input, where that comes from the pooling.
  var inputNorm: BatchNorm?
}

/// A batch normalisation: (x − mean) · γ / √(variance + ε) + β.
struct BatchNorm: Sendable {
  /// γ; nil when the network has none, and so 1.
  var gamma: StoredTensor?
  /// β; nil when the network has none, and so 0.
  var beta: StoredTensor?
  /// μ; nil where there is only a scale, and so 0.
  var mean: StoredTensor?
  /// σ²; nil where there is only a scale, and so 1.
  var variance: StoredTensor?
  /// ε, which keeps a small variance from dividing by zero.
  var epsilon: Double
  /// What mean and variance are divided by; Caffe keeps sums and a moving-average factor.
  var momentsDivisor: Double = 1

  /// The one product and the one sum for each of `channels` that it amounts to; errors call it `name`.
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
