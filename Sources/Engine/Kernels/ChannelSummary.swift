import CKernels
import Tensors

/// A summary of each channel of some outputs on one image.
public struct ChannelSummary: Sendable {
  /// The largest value of each channel.
  public private(set) var maxima: [Float]
  /// The first place with each channel's largest value: row · width + column.
  public private(set) var places: [Int32]
  /// The mean of each channel's values.
  public private(set) var means: [Float]
  /// The mean of the squares of each channel's values.
  public private(set) var squares: [Float]
  /// The number of each channel's zeros.
  public private(set) var zeros: [Int32]
  /// The sums of the values over the rows summarised so far.
  private var valueSums: [Double]
  /// The sums of the squares over the rows summarised so far.
  private var squareSums: [Double]

  /// Makes room for `count` channels.
  public init(count: Int) {
    maxima = [Float](repeating: -.infinity, count: count)
    places = [Int32](repeating: 0, count: count)
    means = [Float](repeating: 0, count: count)
    squares = means
    zeros = places
    valueSums = [Double](repeating: 0, count: count)
    squareSums = valueSums
  }

  /// Summarises `output`, whose first channel becomes element `first` here.
  ///
  /// Values are summed in single precision along a row, and rows in double, so the result is the
  /// same on every machine.
  public mutating func take(_ output: Tensor, at first: Int) {
    take(rows: 0..<output.shape.height, of: output, at: first)
  }

  /// Summarises `rows` of `output`; the rows must come in order, and the means are valid after the
  /// last one.
  public mutating func take(rows: Range<Int>, of output: Tensor, at first: Int) {
    let shape = output.shape
    precondition(0...maxima.count - shape.channels ~= first, "room for \(shape) from \(first) on")
    precondition(
      0 <= rows.lowerBound && rows.upperBound <= shape.height, "rows of \(shape), not \(rows)")
    let channels = first..<first + shape.channels
    if rows.lowerBound == 0 {
      for channel in channels {
        maxima[channel] = -.infinity
        (places[channel], zeros[channel]) = (0, 0)
        (valueSums[channel], squareSums[channel]) = (0, 0)
      }
    }
    CKSummarize(
      output.base, rows.lowerBound, rows.count, shape.width, shape.channels, first, &maxima,
      &places, &valueSums, &squareSums, &zeros)
    guard rows.upperBound == shape.height else { return }
    let count = Double(shape.places)
    for channel in channels {
      means[channel] = Float(valueSums[channel] / count)
      squares[channel] = Float(squareSums[channel] / count)
    }
  }
}
