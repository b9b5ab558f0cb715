import Foundation
import Tensors

/// exp(x) over the sum of exp(x): positive shares that add up to 1.
struct Softmax: OperationRules {
  func kind(_ input: Shape) -> Operation.Kind { .softmax }

  func output(_ inputs: [Shape]) -> Shape { inputs[0] }

  func readings(
    row: Int, column: Int, channel: Int, of inputs: [Shape]
  ) -> [Operation.Reading] {
    (0..<inputs[0].channels).map {
      Operation.Reading(row: row, column: column, channel: $0, factor: .constant(1))
    }
  }

  /// Subtracts the largest x from all values first, so that no power overflows.
  func forward(_ inputs: [Tensor], _ weights: LayerWeights?) -> Tensor {
    let values = inputs[0].values
    let largest = values.max() ?? 0
    let powers = values.map { exp(Double($0) - Double(largest)) }
    let sum = powers.reduce(0, +)
    return Tensor(shape: inputs[0].shape, values: powers.map { Float($0 / sum) })
  }

  /// Returns p · (g − Σ p·g): one share's gain is the others' loss.
  func backward(
    _ gradient: Tensor, inputs: [Tensor], output: Tensor, _ weights: LayerWeights?
  ) -> [Tensor] {
    let (shares, changes) = (output.values, gradient.values)
    let mean = zip(shares, changes).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
    let values = zip(shares, changes).map { Float(Double($0) * (Double($1) - mean)) }
    return [Tensor(shape: output.shape, values: values)]
  }
}
