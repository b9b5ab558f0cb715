import MobileNet
import Tensors

/// One way on which a value changes the number: through one value of the layer that reads it.
struct BackwardTerm: Equatable, Sendable {
  /// The row, the column and the channel of the value behind.
  let row: Int, column: Int, channel: Int
  /// What the value is multiplied with on its way there.
  let weight: Double
  /// Whether the activation function there lets a change through.
  let passes: Bool
  /// What a change there changes of the number.
  let gradient: Double

  /// What is added to the value's gradient.
  var amount: Double { passes ? weight * gradient : 0 }

  /// All ways from the value of `channel` in row `row` and column `column` of the layer at `position`,
  /// the largest first; `gradients` are those of the layer that reads it.
  static func all(
    _ trace: Trace, _ checkpoint: Checkpoint, position: Int, row: Int, column: Int, channel: Int,
    gradients: Tensor
  ) -> [BackwardTerm] {
    let layer = trace.layers[position + 1]
    let (output, weights) = (trace.output(at: position + 1), checkpoint.weights(of: layer))
    let shape = layer.output
    let isFlat = layer.output.places == 1
    // A window of three rows that holds the row begins at most two rows above it.
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
