import Kernels
import Tensors

/// A checkpoint at one resolution, ready to run in one precision.
public enum PrecisionNetwork: Sendable {
  /// It runs in floats.
  case float(Network)
  /// It runs in floats, and keeps halves.
  case half(HalfNetwork)
  /// It runs in integers.
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

  /// The same network with threads and memory of its own, so that both can run at the same time.
  public func sharingWeights() -> PrecisionNetwork {
    switch self {
    case .float(let network): .float(Network(sharingWeightsWith: network))
    case .half(let network): .half(HalfNetwork(sharingWeightsWith: network))
    case .integer(let network): .integer(IntegerNetwork(sharingWeightsWith: network))
    }
  }

  /// What it computes with.
  public var precision: Precision {
    switch self {
    case .float: .float
    case .half: .half
    case .integer: .integer
    }
  }

  /// What is run, in order.
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

  /// The real numbers of every output for `input`.
  public func run(_ input: Tensor) -> Trace {
    switch self {
    case .float(let network): network.run(input)
    case .half(let network): network.run(input).reals
    case .integer(let network): network.run(input).reals
    }
  }

  /// The last layer's output for `input`: probabilities, or the pooled channels of a network without a
  /// classifier.
  public func probabilities(of input: Tensor) -> Tensor {
    switch self {
    case .float(let network): network.probabilities(of: input)
    case .half(let network): network.run(input).output(at: network.layers.count - 1).reals
    case .integer(let network): network.run(input).output(at: network.layers.count - 1).reals
    }
  }
}
