import Tensors

extension Operation {
  /// A matrix product with a bias: each output reads every input value with a weight of its own.
  public struct FullyConnected: Hashable, Sendable, LinearRules {
    /// The number of output channels.
    public let outputs: Int

    /// A product with `outputs` output channels.
    public init(outputs: Int) { self.outputs = outputs }

    func kind(_ input: Shape) -> Kind { .fullyConnected }

    func output(_ inputs: [Shape]) -> Shape { Shape(side: 1, channels: outputs) }

    func weightsPerOutput(_ input: Shape) -> Int { input.count }

    func readings(row: Int, column: Int, channel: Int, of inputs: [Shape]) -> [Reading] {
      let input = inputs[0]
      return (0..<input.count).map { index in
        let place = index / input.channels
        return Reading(
          row: place / input.width, column: place % input.width, channel: index % input.channels,
          factor: .weight(index))
      }
    }
  }
}
