import Kernels
import Tensors

/// A checkpoint at one resolution, ready to run in one precision.
public enum PrecisionNetwork: Sendable {
  /// A network in floats.
  case float(Network)
  /// A network that computes in floats and keeps halves.
  case half(HalfNetwork)
  /// A network in integers.
  case integer(IntegerNetwork)

  /// Packs the weights of `checkpoint`; throws as the network of that precision does.
  public init(
    _ checkpoint: Checkpoint, precision: Precision, resolution: Resolution? = nil,
    threads: Int? = nil
  ) throws(NetworkError) {
    switch precision {
    case .integer:
      self = .integer(try IntegerNetwork(checkpoint, resolution: resolution, threads: threads))
    case .half:
      self = .half(try HalfNetwork(checkpoint, resolution: resolution, threads: threads))
    case .float:
      self = .float(try Network(checkpoint, resolution: resolution, threads: threads))
    }
  }

  /// Returns a copy with threads and memory of its own that shares the weights, so both can run at
  /// the same time.
  public func sharingWeights() -> PrecisionNetwork {
    switch self {
    case .float(let network): .float(Network(sharingWeightsWith: network))
    case .half(let network): .half(HalfNetwork(sharingWeightsWith: network))
    case .integer(let network): .integer(IntegerNetwork(sharingWeightsWith: network))
    }
  }

  /// The number type that the network computes with.
  public var precision: Precision {
    switch self {
    case .float: .float
    case .half: .half
    case .integer: .integer
    }
  }

  /// The layers, in the order of execution.
  public var layers: [Layer] {
    switch self {
    case .float(let network): network.layers
    case .half(let network): network.layers
    case .integer(let network): network.layers
    }
  }

  /// The rows and columns of the input, in pixels.
  public var resolution: Resolution {
    switch self {
    case .float(let network): network.resolution
    case .half(let network): network.resolution
    case .integer(let network): network.resolution
    }
  }

  /// Runs the network on `input` and returns the trace as real numbers.
  public func run(_ input: Tensor) -> Trace {
    switch self {
    case .float(let network): network.run(input)
    case .half(let network): network.run(input).reals
    case .integer(let network): network.run(input).reals
    }
  }

  /// Returns the last layer's output for `input`: probabilities, or the pooled channels of a
  /// network without a classifier.
  public func probabilities(of input: Tensor) -> Tensor {
    switch self {
    case .float(let network): network.probabilities(of: input)
    case .half(let network): network.run(input).output(at: network.layers.count - 1).reals
    case .integer(let network): network.run(input).output(at: network.layers.count - 1).reals
    }
  }
}
