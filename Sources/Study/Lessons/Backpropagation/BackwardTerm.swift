import MobileNet
import Tensors

/// One path from a value to the number, through one output of the layer that reads the value.
struct BackwardTerm: Equatable, Sendable {
  /// The row, the column and the channel of that output.
  let row: Int, column: Int, channel: Int
  /// The weight that multiplies the value on this path.
  let weight: Double
  /// Whether the activation function of that output lets a change through.
  let passes: Bool
  /// The derivative of the number with respect to that output.
  let gradient: Double

  /// The term that this path adds to the value's gradient.
  var amount: Double { passes ? weight * gradient : 0 }

  /// Returns all paths from the value of `channel` in row `row` and column `column` of the layer at
  /// `position`, the largest term first; `gradients` are those of the layer that reads the value.
  static func all(
    _ trace: Trace, _ checkpoint: Checkpoint, position: Int, row: Int, column: Int, channel: Int,
    gradients: Tensor
  ) -> [BackwardTerm] {
    let layer = trace.layers[position + 1]
    let (output, weights) = (trace.output(at: position + 1), checkpoint.weights(of: layer))
    let shape = layer.output
    let isFlat = layer.output.places == 1
    // A window of three rows that covers the row begins at most two rows above it.
    func nearby(_ index: Int, _ count: Int) -> Range<Int> {
      isFlat
        ? 0..<1 : max(0, (index - 2) / layer.stride)..<min(count, (index + 2) / layer.stride + 1)
    }
    let mixes = layer.kind != .depthwise && layer.kind != .averagePooling
    var found: [BackwardTerm] = []
    for y in nearby(row, shape.height) {
      for x in nearby(column, shape.width) {
        for other in mixes ? 0..<shape.channels : channel..<channel + 1 {
          let reading = layer.readings(row: y, column: x, channel: other).first {
            $0.row == row && $0.column == column && $0.channel == channel
          }
          guard let reading else { continue }
          let weight: Double
          if case .weight(let index) = reading.factor, let weights {
            weight = Double(weights.weights[other * layer.weightsPerOutput + index])
          } else {
            weight = 1 / Double(layer.input.places)
          }
          let value = output[y, x, other]
          let passes = layer.activation?.passes(value) ?? true
          found.append(
            BackwardTerm(
              row: y, column: x, channel: other, weight: weight, passes: passes,
              gradient: Double(gradients[y, x, other])))
        }
      }
    }
    return found.sorted {
      ($1.amount.magnitude, $0.row, $0.column, $0.channel)
        < ($0.amount.magnitude, $1.row, $1.column, $1.channel)
    }
  }
}
