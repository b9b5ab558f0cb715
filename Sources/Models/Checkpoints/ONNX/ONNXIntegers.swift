import MobileNet
import Tensors

/// Reads the numbers of a network whose steps all lie between QuantizeLinear and DequantizeLinear.
struct ONNXIntegers: Sendable {
  private static let products: Set = ["Conv", "Gemm", "MatMul"]
  private static let poolings: Set = ["GlobalAveragePool", "AveragePool", "ReduceMean"]
  /// Operations that leave a layer's integers alone, or change them only as its activation does.
  private static let carried: Set = [
    "Relu", "Clip", "Min", "Max", "Flatten", "Reshape", "Squeeze", "Unsqueeze", "Transpose",
    "Identity", "Dropout", "Cast",
  ]

  private let steps: IntegerSteps

  /// Creates nil unless each layer reads the integers of the one before.
  init?(_ model: ONNXModel) throws(ImportError) {
    guard model.hasQuantization else { return nil }
    var steps = IntegerSteps()
    var top = model.input?.name ?? ""
    nodes: for node in model.nodes where node.inputs.contains(top) {
      top = node.outputs.first ?? ""
      switch node.operation {
      case "QuantizeLinear": steps.round(try model.quantization(of: node))
      case "DequantizeLinear": steps.read(try model.quantization(of: node))
      case "Softmax": break nodes
      case let operation where Self.products.contains(operation):
        steps.compute { () throws(ImportError) in try Self.product(node, of: model) }
      case let operation where Self.poolings.contains(operation): steps.compute(nil)
      case let operation where Self.carried.contains(operation): break
      default: steps.takeOther()
      }
    }
    guard steps.isComplete else { return nil }
    self.steps = steps
  }

  /// The numbers of a network that was recognised as `checkpoint`.
  func weights(for checkpoint: Checkpoint) throws(ImportError) -> IntegerWeights? {
    try steps.weights(for: checkpoint)
  }

  private static func product(
    _ node: ONNXModel.Node, of model: ONNXModel
  ) throws(ImportError) -> IntegerSteps.Product? {
    guard node.inputs.count >= 2, let found = try model.quantized(node.inputs[1]) else {
      return nil
    }
    let isTransposed = try node.integer("transB", default: 0) == 1
    let layout: Filter.Layout = node.operation == "Conv" ? .oihw : isTransposed ? .ohwi : .hwio
    let filter = try Filter(found.numbers, layout: layout)
    let axis = layout == .hwio ? filter.tensor.shape.count - 1 : 0
    guard found.scales.count == 1 || found.axis == axis else { return nil }
    let biases = try node.inputs.count > 2 ? model.constant(node.inputs[2])?.floats() : nil
    return IntegerSteps.Product(
      filter: filter, scales: found.scales, zeros: found.zeros, biases: biases)
  }
}
