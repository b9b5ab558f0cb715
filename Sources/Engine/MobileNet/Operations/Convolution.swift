import Tensors

extension Operation {
  /// A convolution with a bias: standard, grouped, depthwise or pointwise.
  ///
  /// Each output channel reads the input channels of its group in a window, with a weight for each
  /// place and channel.
  public struct Convolution: Hashable, Sendable, LinearRules {
    /// The window that an output value reads.
    public let window: Window
    /// The number of groups that channels are divided into: 1 for all channels together, or the
    /// number of channels for a depthwise convolution.
    public let groups: Int
    /// The number of output channels.
    public let outputs: Int

    /// A convolution with `outputs` output channels.
    public init(_ window: Window, groups: Int = 1, outputs: Int) {
      self.window = window
      self.groups = groups
      self.outputs = outputs
    }

    func kind(_ input: Shape) -> Kind {
      if window.side == 1, groups == 1 { return .pointwise }
      return groups == input.channels && groups == outputs ? .depthwise : .convolution
    }

    func output(_ inputs: [Shape]) -> Shape {
      let count = window.count(over: inputs[0])
      return Shape(height: count.rows, width: count.columns, channels: outputs)
    }

    func weightsPerOutput(_ input: Shape) -> Int {
      window.side * window.side * input.channels / groups
    }

    func window(_ input: Shape) -> Window { window }

    func readings(row: Int, column: Int, channel: Int, of inputs: [Shape]) -> [Reading] {
      let count = inputs[0].channels / groups
      let first = channel / (outputs / groups) * count
      let places = window.places(row, column)
      return (0..<count).flatMap { source in
        places.enumerated().map { tap, place in
          Reading(
            row: place.row, column: place.column, channel: first + source,
            factor: .weight(tap * count + source))
        }
      }
    }
  }
}
