import Kernels
import MobileNet
import Tensors

extension PrecisionNetwork {
  /// The shortest of several runs on `input` that record everything, in milliseconds; `goesOn` throws
  /// before a run that nobody wants any more.
  public func shortestRun(
    on input: Tensor, goesOn: () throws -> Void = {}
  ) rethrows -> Double {
    switch self {
    case .float(let network):
      var trace: Trace?
      return try Repetition.shortest(goesOn: goesOn) {
        Self.time { network.run(input, reusing: &trace) }
      }
    case .half(let network):
      var trace: HalfTrace?
      return try Repetition.shortest(goesOn: goesOn) {
        Self.time { network.run(input, reusing: &trace) }
      }
    case .integer(let network):
      var trace: IntegerTrace?
      let numbers = QuantizedTensor(input, network.weights.input)
      return try Repetition.shortest(goesOn: goesOn) {
        Self.time { network.run(numbers, reusing: &trace) }
      }
    }
  }

  private static func time(_ work: () -> Void) -> Double {
    let watch = Stopwatch()
    work()
    return watch.milliseconds
  }

  /// The bytes that weights and biases take in a file: a bias of integers has four, and so has each scale.
  public var weightBytes: Int {
    switch self {
    case .float: 4 * layers.parameters
    case .half: 2 * layers.parameters
    case .integer(let network):
      network.weights.layers.values.reduce(0) {
        $0 + $1.weights.count + 4 * $1.biases.count + 4 * $1.scales.count
      }
    }
  }

  /// The bytes of every layer's output.
  public var outputBytes: Int {
    layers.reduce(0) { $0 + $1.output.count * precision.bytesPerNumber }
  }
}
