import MobileNet
import Tensors

/// Reads the numbers of an ML program whose steps all lie between `quantize` and `dequantize`.
struct MLProgramIntegers: Sendable {
  private static let products: Set = ["conv", "linear"]
  private static let poolings: Set = ["reduce_mean", "avg_pool"]
  /// What changes no number that comes out of a layer, or only as its activation does.
  private static let carried: Set = [
    "relu", "relu6", "clip", "reshape", "squeeze", "expand_dims", "transpose", "identity", "cast",
  ]

  private let steps: IntegerSteps

  /// nil unless each layer reads the numbers that the one before made.
  init?(_ program: MLProgram) throws(ImportError) {
    guard program.operations.contains(where: { $0.kind == "quantize" }) else { return nil }
    var steps = IntegerSteps()
    for step in program.operations.prefix(while: { $0.kind != "softmax" }) {
      switch step.kind {
      case "quantize", "dequantize":
        let numbers = try Self.quantization(of: step, in: program, after: steps.last)
        if step.kind == "quantize" { steps.round(numbers) } else { steps.read(numbers) }
      case let kind where Self.products.contains(kind):
        let product = try Self.product(step, in: program)
        guard product?.isUniform != false else { return nil }
        steps.compute { product }
      case let kind where Self.poolings.contains(kind): steps.compute(nil)
      case let kind where Self.carried.contains(kind): break
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

  /// What rounded numbers stand for; nil unless they have eight bits and one scale for all.
  private static func quantization(
    of step: MLProgram.Operation, in program: MLProgram, after last: Quantization?
  ) throws(ImportError) -> Quantization? {
    guard let scale = try program.tensor(step, "scale"), scale.count == 1,
      let size = try scale.floats().first, size > 0, size.isFinite
    else { return nil }
    let zero = try program.tensor(step, "zero_point")
    guard zero?.count ?? 1 == 1, zero?.type ?? .uint8 == .uint8 || zero?.type == .int8 else {
      return nil
    }
    // Only the way there says the type; the way back has that of its numbers.
    let isSigned = try program.text(step, "output_dtype").map { $0 == "int8" }
    return Quantization(
      scale: size, zeroPoint: Int(try zero?.floats().first ?? 0),
      isSigned: isSigned ?? last?.isSigned ?? (zero?.type == .int8))
  }

  private static func product(
    _ step: MLProgram.Operation, in program: MLProgram
  ) throws(ImportError) -> IntegerSteps.Product? {
    guard let found = try program.quantized(step, "weight") else { return nil }
    let biases = try program.tensor(step, "bias")?.floats()
    return IntegerSteps.Product(
      filter: try Filter(found.numbers, layout: .oihw), scales: found.scales, zeros: found.zeros,
      biases: biases)
  }
}
