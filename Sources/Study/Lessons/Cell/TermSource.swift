import Foundation
import MobileNet
import Tensors

/// Makes the terms of a layer's sums from its input and its weights.
struct TermSource {
  let layer: Layer
  let input: Tensor
  let weights: LayerWeights?
  /// The largest value of the input, which softmax subtracts from all values.
  private let largest: Float

  init(layer: Layer, input: Tensor, weights: LayerWeights?) {
    self.layer = layer
    self.input = input
    self.weights = weights
    largest = layer.operation == .softmax ? input.maximum : 0
  }

  /// Returns the terms of the value of `channel` in row `row` and column `column` of the output.
  ///
  /// Terms of a window are in the order of their places; those of sums over channels are sorted,
  /// the largest first, because nobody reads a thousand.
  func terms(row: Int, column: Int, channel: Int) -> [Term] {
    let readings = layer.readings(row: row, column: column, channel: channel)
    let terms = readings.map { term($0, output: channel) }
    let mixesChannels = layer.kernelSide == 1 && readings.count > 1
    return mixesChannels ? terms.sorted { largerFirst($0, $1) } : terms
  }

  private func term(_ reading: MobileNet.Operation.Reading, output: Int) -> Term {
    let isPadding = reading.isPadding(input.shape)
    let value = isPadding ? 0 : input[reading.row, reading.column, reading.channel]
    var index: Int?
    if case .weight(let found) = reading.factor { index = found }
    let weight = index.flatMap { index in
      weights.map { $0.weights[output * layer.weightsPerOutput + index] }
    }
    let amount: Double
    if let weight {
      amount = Double(value) * Double(weight)
    } else if layer.operation == .softmax {
      amount = exp(Double(value) - Double(largest))
    } else {
      amount = Double(value)
    }
    return Term(
      row: reading.row, column: reading.column, channel: reading.channel, weightIndex: index,
      value: value, weight: weight, amount: amount, isPadding: isPadding)
  }

  private func largerFirst(_ first: Term, _ second: Term) -> Bool {
    (second.amount.magnitude, first.channel) < (first.amount.magnitude, second.channel)
  }
}
