import Kernels
import MobileNet
import Tensors

/// The steps of a network that lie between roundings to eight bits, and the numbers of their weights.
///
/// It runs as one of TensorFlow Lite does; ONNX Runtime multiplies sums with a float instead
/// of a fixed-point number, so that a number may differ by a step.
struct IntegerSteps: Sendable {
  /// The weights of a product: integers, and what they stand for.
  struct Product: Sendable {
    let filter: Filter
    /// One for all, or one for each output channel.
    let scales: [Float]
    /// The zero points, all equal, because the kernels' bytes hold no weights of different ones; empty if
    /// they are 0.
    let zeros: [Float]

    /// Whether kernels hold the weights.
    var isUniform: Bool { zeros.allSatisfy { $0 == zeros[0] } }
    /// One for each output channel; nil where there are none.
    let biases: [Float]?
  }

  /// A product or the pooling, and what its numbers stand for.
  private struct Step: Sendable {
    /// Reads the weights; nil for the pooling.
    let product: ReadProduct?
    let input: Quantization
    let output: Quantization
  }

  /// Reads a product's weights; nil where they are no integers of eight bits.
  typealias ReadProduct = @Sendable () throws(ImportError) -> Product?

  private var steps: [Step] = []
  /// The meaning of the numbers that were made last.
  private(set) var last: Quantization?
  /// A step whose outputs were not rounded yet.
  private var waiting: (product: ReadProduct?, input: Quantization)?

  /// Whether all that came so far can be computed with integers.
  private(set) var isWhole = true

  /// Takes a rounding.
  mutating func round(_ numbers: Quantization?) {
    guard let numbers else {
      isWhole = false
      return
    }
    if let (product, input) = waiting {
      steps.append(Step(product: product, input: input, output: numbers))
      waiting = nil
    } else if !steps.isEmpty, numbers != last {
      isWhole = false
    }
    last = numbers
  }

  /// Takes the way back from numbers to what they stand for.
  mutating func read(_ numbers: Quantization?) {
    guard let numbers, last == nil || last == numbers else {
      isWhole = false
      return
    }
    last = numbers
  }

  /// Takes a product, or the pooling.
  mutating func compute(_ product: ReadProduct?) {
    guard waiting == nil, let last else {
      isWhole = false
      return
    }
    waiting = (product, last)
  }

  /// Takes another step, which must come before the first layer: it is preprocessing.
  mutating func takeOther() {
    if !steps.isEmpty || waiting != nil { isWhole = false }
  }

  /// Whether there are steps, and the last was rounded.
  var isComplete: Bool { isWhole && waiting == nil && !steps.isEmpty }

  /// The numbers of a network that was recognised as `checkpoint`; nil where a layer has no integers, or
  /// no integer kernel makes its probabilities.
  func weights(for checkpoint: Checkpoint) throws(ImportError) -> IntegerWeights? {
    let architecture = checkpoint.architecture
    let table = architecture.layers(resolution: 224).filter(\.hasWeights)
    let products = steps.filter { $0.product != nil }
    guard architecture.head == .softmax, table.count == products.count else { return nil }
    var layers: [String: IntegerWeights.Layer] = [:]
    for (layer, step) in zip(table, products) {
      guard let found = try step.product?() else { return nil }
      layers[layer.name] = try Self.integers(of: found, from: step.input, to: step.output, layer)
      if layers[layer.name] == nil { return nil }
    }
    guard let pooling = steps.first(where: { $0.product == nil }) else { return nil }
    do throws(CheckpointError) {
      return try IntegerWeights(
        input: steps[0].input, layers: layers,
        pooling: pooling.output == pooling.input ? .average : .mean, pooled: pooling.output,
        for: architecture)
    } catch {
      throw .weights(error)
    }
  }

  private static func integers(
    of found: Product, from input: Quantization, to output: Quantization, _ layer: Layer
  ) throws(ImportError) -> IntegerWeights.Layer? {
    let (filter, zero) = (found.filter, found.zeros.first ?? 0)
    guard [1, filter.outputs].contains(found.scales.count), found.isUniform, -128...255 ~= zero
    else { return nil }
    let numbers = try filter.floats()
    guard numbers.allSatisfy({ -128...255 ~= $0 }) else { return nil }
    let biases = found.biases ?? [Float](repeating: 0, count: filter.outputs)
    return IntegerWeights.Layer(
      weights: numbers.map { Int16($0) - Int16(zero) }, scales: found.scales,
      biases: biases.enumerated().map { channel, bias in
        let scale = found.scales[found.scales.count == 1 ? 0 : channel % found.scales.count]
        let number = (Double(bias) / (Double(input.scale) * Double(scale))).rounded()
        // Nor does a sum of larger numbers fit.
        return number.isFinite ? Int32(min(max(number, -0x1p30), 0x1p30)) : 0
      },
      output: output,
      limits: layer.activation.map { Limits(floor: 0, ceiling: $0.ceiling) } ?? .none,
      roundsScale: false, roundsOnce: true)
  }
}
