import Foundation
import Tensors

/// 1 / (1 + exp(−x)): an independent probability for each class, for classes that may be true
/// together.
struct Sigmoid: OperationRules {
  func kind(_ input: Shape) -> Operation.Kind { .sigmoid }

  func output(_ inputs: [Shape]) -> Shape { inputs[0] }

  func readings(
    row: Int, column: Int, channel: Int, of inputs: [Shape]
  ) -> [Operation.Reading] {
    [Operation.Reading(row: row, column: column, channel: channel, factor: .constant(1))]
  }

  func forward(_ inputs: [Tensor], _ weights: LayerWeights?) -> Tensor {
    Tensor(
      shape: inputs[0].shape, values: inputs[0].values.map { Float(1 / (1 + exp(-Double($0)))) })
  }

  /// Returns p · (1 − p) · g.
  func backward(
    _ gradient: Tensor, inputs: [Tensor], output: Tensor, _ weights: LayerWeights?
  ) -> [Tensor] {
    let values = zip(output.values, gradient.values).map { $0 * (1 - $0) * $1 }
    return [Tensor(shape: output.shape, values: values)]
  }
}
