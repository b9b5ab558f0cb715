import Tensors

/// The sum of several inputs of the same shape.
struct Addition: LinearRules {
  func kind(_ input: Shape) -> Operation.Kind { .addition }

  func output(_ inputs: [Shape]) -> Shape { inputs[0] }

  func readings(
    row: Int, column: Int, channel: Int, of inputs: [Shape]
  ) -> [Operation.Reading] {
    inputs.indices.map {
      Operation.Reading(
        source: $0, row: row, column: column, channel: channel, factor: .constant(1))
    }
  }
}
