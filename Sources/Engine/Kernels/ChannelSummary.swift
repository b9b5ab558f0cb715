import CKernels
import Tensors

/// What each channel of some outputs did on one image, in a few numbers.
public struct ChannelSummary: Sendable {
  /// The largest value of each channel.
  public private(set) var maxima: [Float]
  /// The first place that has it: row · width + column.
  public private(set) var places: [Int32]
  /// The mean of the values.
  public private(set) var means: [Float]
  /// The mean of their squares.
  public private(set) var squares: [Float]
  /// How many of them are zero.
  public private(set) var zeros: [Int32]
  /// The sums of the values over the rows that were taken.
  private var valueSums: [Double]
  /// The sums of their squares.
  private var squareSums: [Double]

  /// Makes room for so many channels.
  public init(count: Int) {
    maxima = [Float](repeating: -.infinity, count: count)
    places = [Int32](repeating: 0, count: count)
    means = [Float](repeating: 0, count: count)
    squares = means
    zeros = places
    valueSums = [Double](repeating: 0, count: count)
    squareSums = valueSums
  }

  /// Summarises `output`, whose channels are those from `first` on here.
  ///
  /// Values are summed in single precision along a row, and rows in double, so that it comes out the
  /// same on every machine.
  public mutating func take(_ output: Tensor, at first: Int) {
    take(rows: 0..<output.shape.height, of: output, at: first)
  }

  /// The same in parts: `rows` of `output`, the first of them first; means are there after the last.
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
