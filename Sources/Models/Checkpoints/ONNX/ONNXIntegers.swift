import Kernels
import MobileNet
import Tensors

/// The integers of a network whose steps all lie between QuantizeLinear and DequantizeLinear.
///
/// They run as TensorFlow Lite's do; ONNX Runtime multiplies sums with a float instead of a
/// fixed-point number, so a result may differ by a step.
struct ONNXIntegers: Sendable {
  /// A product or the pooling, with the quantisation of its input and output.
  private struct Step {
    let node: ONNXModel.Node
    let input: Quantization
    let output: Quantization

    var isPooling: Bool { ONNXIntegers.poolings.contains(node.operation) }
  }

  private static let products: Set = ["Conv", "Gemm", "MatMul"]
  private static let poolings: Set = ["GlobalAveragePool", "AveragePool", "ReduceMean"]
  /// Operations that leave a layer's integers alone, or change them only as its activation does.
  private static let carried: Set = [
    "Relu", "Clip", "Min", "Max", "Flatten", "Reshape", "Squeeze", "Unsqueeze", "Transpose",
    "Identity", "Dropout", "Cast",
  ]

  private let model: ONNXModel
  private let steps: [Step]

  /// Creates nil unless each layer reads the integers of the one before.
  init?(_ model: ONNXModel) throws(ImportError) {
    guard model.hasQuantization else { return nil }
    var steps: [Step] = []
    var last: Quantization?
    var waiting: (node: ONNXModel.Node, input: Quantization)?
    var top = model.input?.name ?? ""
    nodes: for node in model.nodes where node.inputs.contains(top) {
      top = node.outputs.first ?? ""
      switch node.operation {
      case "QuantizeLinear":
        guard let numbers = try model.quantization(of: node) else { return nil }
        if let (node, input) = waiting {
          steps.append(Step(node: node, input: input, output: numbers))
          waiting = nil
        } else if !steps.isEmpty, numbers != last {
          return nil
        }
        last = numbers
      case "DequantizeLinear":
        let numbers = try model.quantization(of: node)
        guard let numbers, last == nil || last == numbers else { return nil }
        last = numbers
      case "Softmax": break nodes
      case let operation where Self.products.union(Self.poolings).contains(operation):
        guard waiting == nil, let last else { return nil }
        waiting = (node, last)
      case let operation where Self.carried.contains(operation): break
      default:
        // Steps before the first layer are preprocessing.
        guard steps.isEmpty, waiting == nil else { return nil }
      }
    }
    guard waiting == nil, !steps.isEmpty else { return nil }
    self.model = model
    self.steps = steps
  }

  /// Returns the integers of the network that was recognised as `checkpoint`; nil where a layer has
  /// no integers, or the head has no integer kernel.
  func weights(for checkpoint: Checkpoint) throws(ImportError) -> IntegerWeights? {
    let architecture = checkpoint.architecture
    let table = architecture.layers(resolution: 224).filter(\.hasWeights)
    let products = steps.filter { !$0.isPooling }
    guard architecture.head == .softmax, table.count == products.count else { return nil }
    var layers: [String: IntegerWeights.Layer] = [:]
    for (layer, step) in zip(table, products) {
      layers[layer.name] = try integers(of: step, layer)
      if layers[layer.name] == nil { return nil }
    }
    guard let pooling = steps.first(where: \.isPooling) else { return nil }
    do throws(CheckpointError) {
      return try IntegerWeights(
        input: steps[0].input, layers: layers,
        pooling: pooling.output == pooling.input ? .average : .mean, pooled: pooling.output,
        for: architecture)
    } catch {
      throw .weights(error)
    }
  }

  private func integers(
    of step: Step, _ layer: Layer
  ) throws(ImportError) -> IntegerWeights.Layer? {
    let node = step.node
    guard node.inputs.count >= 2, let found = try model.quantized(node.inputs[1]) else {
      return nil
    }
    let isTransposed = try node.integer("transB", default: 0) == 1
    let layout: Filter.Layout = node.operation == "Conv" ? .oihw : isTransposed ? .ohwi : .hwio
    let filter = try Filter(found.numbers, layout: layout)
    let zero = found.zeros.first ?? 0
    let axis = layout == .hwio ? filter.tensor.shape.count - 1 : 0
    guard found.scales.count == 1 || found.scales.count == filter.outputs && found.axis == axis,
      found.zeros.allSatisfy({ $0 == zero }), -128...255 ~= zero
    else { return nil }
    let numbers = try filter.floats()
    guard numbers.allSatisfy({ -128...255 ~= $0 }) else { return nil }
    var biases = [Float](repeating: 0, count: filter.outputs)
    if node.inputs.count > 2, let own = try model.constant(node.inputs[2]) {
      biases = try own.floats()
    }
    return IntegerWeights.Layer(
      weights: numbers.map { Int16($0) - Int16(zero) }, scales: found.scales,
      biases: biases.enumerated().map { channel, bias in
        let scale = found.scales[found.scales.count == 1 ? 0 : channel % found.scales.count]
        let number = (Double(bias) / (Double(step.input.scale) * Double(scale))).rounded()
        // A sum of larger numbers would not fit either.
        return number.isFinite ? Int32(min(max(number, -0x1p30), 0x1p30)) : 0
      },
      output: step.output,
      limits: layer.activation.map { Limits(floor: 0, ceiling: $0.ceiling) } ?? .none,
      roundsScale: false, roundsOnce: true)
  }
}
