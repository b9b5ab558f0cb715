/// Integer operators, expressed as steps on floats.
///
/// onnx.ai/onnx/operators: QLinearConv, QLinearMatMul, ConvInteger, MatMulInteger and
/// DynamicQuantizeLinear; the others are from ONNX Runtime's own document ContribOperators.md.
extension ONNXModel.Node {
  /// The equivalent steps between DequantizeLinear and QuantizeLinear; the step itself for other
  /// operators.
  var takenApart: [ONNXModel.Node] {
    switch operation {
    case "QLinearConv": product("Conv", weights: 3, outputs: 6, biases: 8, axis: 0)
    case "QLinearMatMul": product("MatMul", weights: 3, outputs: 6, biases: nil, axis: 1)
    case "QGemm": product("Gemm", weights: 3, outputs: 7, biases: 6, axis: isTransposed ? 0 : 1)
    case "QLinearGlobalAveragePool": single("GlobalAveragePool")
    case "QLinearAveragePool": single("AveragePool")
    case "QLinearReduceMean": single("ReduceMean")
    case "QLinearSoftmax": single("Softmax")
    case "QLinearSigmoid": single("Sigmoid")
    case "QLinearAdd": sum
    case "DynamicQuantizeLinear": unrounded
    case "ConvInteger": ofIntegers("Conv", axis: 0)
    case "MatMulInteger": ofIntegers("MatMul", axis: 1)
    default: [self]
    }
  }

  private var isTransposed: Bool { (try? integer("transB", default: 0)) == 1 }

  /// Returns the name of the input at `place`; empty where there is none.
  private func input(_ place: Int) -> String { inputs.indices.contains(place) ? inputs[place] : "" }

  private var output: String { outputs.first ?? "" }

  /// Returns a step that converts the integers, with the scale and the zero point from `place` on,
  /// to floats called `name`.
  private func floats(_ place: Int, _ name: String, axis: Int = 1) -> ONNXModel.Node {
    ONNXModel.Node(
      "DequantizeLinear", named: name, [input(place), input(place + 1), input(place + 2)], name,
      ["axis": axis])
  }

  /// Returns a step that rounds `floats` to integers with the scale and the zero point from `place`
  /// on; without a scale, one that copies them.
  private func rounded(_ floats: String, _ place: Int) -> ONNXModel.Node {
    input(place).isEmpty
      ? ONNXModel.Node("Identity", named: name, [floats], output)
      : ONNXModel.Node(
        "QuantizeLinear", named: "\(output) rounded", [floats, input(place), input(place + 1)],
        output)
  }

  /// Returns the steps of a product of integers; biases are in units of input scale · weight scale.
  private func product(
    _ operation: String, weights: Int, outputs place: Int, biases: Int?, axis: Int
  ) -> [ONNXModel.Node] {
    let (read, filter, made) = ("\(output) read", "\(output) weights", "\(output) floats")
    var nodes = [floats(0, read), floats(weights, filter, axis: axis)]
    var factors = [read, filter]
    if let biases, !input(biases).isEmpty {
      let (unit, sums) = ("\(output) unit", "\(output) biases")
      nodes += [
        ONNXModel.Node("Mul", named: unit, [input(weights + 1), input(1)], unit),
        ONNXModel.Node(
          "DequantizeLinear", named: sums, [input(biases), unit], sums, ["axis": 0]),
      ]
      factors.append(sums)
    }
    return nodes + [
      ONNXModel.Node(operation, named: name, factors, made, like: self), rounded(made, place),
    ]
  }

  /// Returns the steps of an operation on single integers, or over places.
  private func single(_ operation: String) -> [ONNXModel.Node] {
    let (read, made) = ("\(output) read", "\(output) floats")
    return [
      floats(0, read), ONNXModel.Node(operation, named: name, [read], made, like: self),
      rounded(made, 3),
    ]
  }

  /// The steps of a sum of integers with two scales.
  private var sum: [ONNXModel.Node] {
    let (first, second, made) = ("\(output) first", "\(output) second", "\(output) floats")
    return [
      floats(0, first), floats(3, second),
      ONNXModel.Node("Add", named: name, [first, second], made), rounded(made, 6),
    ]
  }

  /// The steps of a rounding whose range is computed at run time: they do not round, and give a
  /// scale of 1.
  private var unrounded: [ONNXModel.Node] {
    guard outputs.count == 3 else { return [self] }
    return [
      ONNXModel.Node("Identity", named: name, [input(0)], outputs[0]),
      ONNXModel.Node("Constant", named: name, [], outputs[1], ["value_int": 1]),
      ONNXModel.Node("Constant", named: name, [], outputs[2], ["value_int": 0]),
    ]
  }

  /// Returns the steps of a product of integers whose scales later steps multiply in.
  private func ofIntegers(_ operation: String, axis: Int) -> [ONNXModel.Node] {
    let (unit, filter) = ("\(output) unit", "\(output) weights")
    return [
      ONNXModel.Node("Constant", named: unit, [], unit, ["value_int": 1]),
      ONNXModel.Node(
        "DequantizeLinear", named: filter, [input(1), unit, input(3)], filter, ["axis": axis]),
      ONNXModel.Node(operation, named: name, [input(0), filter], output, like: self),
    ]
  }
}
