import Kernels
import MobileNet
import Tensors

extension PrecisionNetwork {
  /// Returns the shortest time of several runs on `input` that record everything, in milliseconds;
  /// `goesOn` is called before each run and stops the work by throwing.
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

  /// The bytes of weights and biases in a file; for integers, biases and scales have four bytes
  /// each.
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

  /// The bytes of all layers' outputs.
  public var outputBytes: Int {
    layers.reduce(0) { $0 + $1.output.count * precision.bytesPerNumber }
  }
}
