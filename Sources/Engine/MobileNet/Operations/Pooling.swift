import Tensors

extension Operation {
  /// One value of each channel for a window: the mean, or the largest value.
  public enum Pooling: Hashable, Sendable {
    /// The mean over all places.
    case mean
    /// The largest value in a window, without places outside of the input.
    case maximum(Window)
  }
}

extension Operation.Pooling: OperationRules {
  func kind(_ input: Shape) -> Operation.Kind {
    self == .mean ? .averagePooling : .maxPooling
  }

  /// Counts a last window that reaches over the edge, as Caffe does.
  func output(_ inputs: [Shape]) -> Shape {
    let input = inputs[0]
    switch self {
    case .mean: return Shape(side: 1, channels: input.channels)
    case .maximum(let window):
      let (more, channels) = (window.stride - 1, input.channels)
      let count = window.count(
        over: Shape(height: input.height + more, width: input.width + more, channels: channels))
      return Shape(height: count.rows, width: count.columns, channels: channels)
    }
  }

  func window(_ input: Shape) -> Operation.Window {
    switch self {
    case .mean: Operation.Window(side: max(input.height, input.width))
    case .maximum(let window): window
    }
  }

  func readings(
    row: Int, column: Int, channel: Int, of inputs: [Shape]
  ) -> [Operation.Reading] {
    let input = inputs[0]
    func reading(_ row: Int, _ column: Int, _ factor: Float) -> Operation.Reading {
      Operation.Reading(row: row, column: column, channel: channel, factor: .constant(factor))
    }
    switch self {
    case .mean:
      return (0..<input.places).map {
        reading($0 / input.width, $0 % input.width, 1 / Float(input.places))
      }
    case .maximum(let window):
      return window.places(row, column).map { reading($0.row, $0.column, 1) }
    }
  }

  func forward(_ inputs: [Tensor], _ weights: LayerWeights?) -> Tensor {
    let input = inputs[0]
    return Tensor(shape: output([input.shape])) { row, column, channel in
      let values = inside(row, column, channel, input.shape).map {
        input[$0.row, $0.column, $0.channel]
      }
      switch self {
      case .mean: return Float(values.reduce(0.0) { $0 + Double($1) } / Double(values.count))
      case .maximum: return values.max() ?? -.infinity
      }
    }
  }

  /// Divides the gradient of a mean evenly, and gives that of a maximum to the first value that
  /// equals it.
  func backward(
    _ gradient: Tensor, inputs: [Tensor], output: Tensor, _ weights: LayerWeights?
  ) -> [Tensor] {
    let input = inputs[0]
    var sums = [Float](repeating: 0, count: input.shape.count)
    func add(_ change: Float, _ reading: Operation.Reading) {
      sums[input.shape.index(reading.row, reading.column, reading.channel)] += change
    }
    output.shape.forEachValue { row, column, channel in
      let change = gradient[row, column, channel]
      let read = inside(row, column, channel, input.shape)
      switch self {
      case .mean:
        for reading in read { add(change / Float(read.count), reading) }
      case .maximum:
        let largest = output[row, column, channel]
        let reading = read.first { input[$0.row, $0.column, $0.channel] == largest }
        if let reading { add(change, reading) }
      }
    }
    return [Tensor(shape: input.shape, values: sums)]
  }

  private func inside(
    _ row: Int, _ column: Int, _ channel: Int, _ input: Shape
  ) -> [Operation.Reading] {
    readings(row: row, column: column, channel: channel, of: [input])
      .filter { !$0.isPadding(input) }
  }
}
