import Tensors

extension Operation {
  /// An input value that an output value is computed from.
  public struct Reading: Hashable, Sendable {
    /// The layer's input that is read, counted from 0.
    public var source = 0
    /// The row in that input; outside of the input where there is padding.
    public let row: Int
    /// The column in that input; outside of the input where there is padding.
    public let column: Int
    /// The channel in that input.
    public let channel: Int
    /// The factor of the value.
    public let factor: Factor

    /// The factor of an input value.
    public enum Factor: Hashable, Sendable {
      /// One of the output channel's weights, by its index in the order of `LayerWeights`.
      case weight(Int)
      /// A number that is not a weight.
      case constant(Float)
    }

    /// Whether the reading lies outside of `input`, where the value is zero.
    public func isPadding(_ input: Shape) -> Bool {
      !(0..<input.height ~= row && 0..<input.width ~= column)
    }
  }
}

/// An operation whose output is a sum: its readings, each multiplied, and a bias.
///
/// The sum defines both passes. Forward, an output is the sum of factor · input. Backward, each
/// input gets factor · gradient from every output that reads it.
protocol LinearRules: OperationRules {}

extension LinearRules {
  func forward(_ inputs: [Tensor], _ weights: LayerWeights?) -> Tensor {
    let shapes = inputs.map(\.shape)
    let output = output(shapes)
    return Tensor(shape: output) { row, column, channel in
      var sum = Double(weights?.biases[channel] ?? 0)
      for reading in readings(row: row, column: column, channel: channel, of: shapes)
      where !reading.isPadding(shapes[reading.source]) {
        let value = inputs[reading.source][reading.row, reading.column, reading.channel]
        sum += Double(factor(reading, channel, weights)) * Double(value)
      }
      return Float(sum)
    }
  }

  func backward(
    _ gradient: Tensor, inputs: [Tensor], output: Tensor, _ weights: LayerWeights?
  ) -> [Tensor] {
    let shapes = inputs.map(\.shape)
    var sums = shapes.map { [Double](repeating: 0, count: $0.count) }
    output.shape.forEachValue { row, column, channel in
      let change = Double(gradient[row, column, channel])
      guard change != 0 else { return }
      for reading in readings(row: row, column: column, channel: channel, of: shapes)
      where !reading.isPadding(shapes[reading.source]) {
        let place = shapes[reading.source].index(reading.row, reading.column, reading.channel)
        sums[reading.source][place] += Double(factor(reading, channel, weights)) * change
      }
    }
    return zip(shapes, sums).map { Tensor(shape: $0, values: $1.map { Float($0) }) }
  }

  private func factor(
    _ reading: Operation.Reading, _ channel: Int, _ weights: LayerWeights?
  ) -> Float {
    switch reading.factor {
    case .constant(let value): return value
    case .weight(let index):
      guard let weights else { preconditionFailure("a layer without its weights") }
      let perOutput = weights.weights.count / weights.biases.count
      return weights.weights[channel * perOutput + index]
    }
  }
}

extension Shape {
  /// Returns the index of a value in memory.
  func index(_ row: Int, _ column: Int, _ channel: Int) -> Int {
    (row * width + column) * channels + channel
  }

  /// Calls `body` with the row, column and channel of every value, in the order of memory.
  func forEachValue(_ body: (_ row: Int, _ column: Int, _ channel: Int) -> Void) {
    for row in 0..<height {
      for column in 0..<width {
        for channel in 0..<channels { body(row, column, channel) }
      }
    }
  }
}

extension Tensor {
  /// Creates a tensor from `value`, which returns each value by row, column and channel.
  init(shape: Shape, value: (_ row: Int, _ column: Int, _ channel: Int) -> Float) {
    var values: [Float] = []
    values.reserveCapacity(shape.count)
    shape.forEachValue { values.append(value($0, $1, $2)) }
    self.init(shape: shape, values: values)
  }
}
