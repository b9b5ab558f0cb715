import Tensors

/// The channels of several inputs side by side.
struct Concatenation: LinearRules {
  func kind(_ input: Shape) -> Operation.Kind { .concatenation }

  func output(_ inputs: [Shape]) -> Shape {
    Shape(
      height: inputs[0].height, width: inputs[0].width,
      channels: inputs.reduce(0) { $0 + $1.channels })
  }

  func readings(
    row: Int, column: Int, channel: Int, of inputs: [Shape]
  ) -> [Operation.Reading] {
    var channel = channel
    for (source, input) in inputs.enumerated() {
      if channel < input.channels {
        return [
          Operation.Reading(
            source: source, row: row, column: column, channel: channel, factor: .constant(1))
        ]
      }
      channel -= input.channels
    }
    return []
  }
}
