import CKernels
import Tensors

/// What each channel of some outputs did on one image, in a few numbers.
public struct ChannelSummary: Equatable, Sendable {
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

  /// Makes room for so many channels.
  public init(count: Int) {
    maxima = [Float](repeating: -.infinity, count: count)
    places = [Int32](repeating: 0, count: count)
    means = [Float](repeating: 0, count: count)
    squares = means
    zeros = places
  }

  /// Summarises `output`, whose channels are those from `first` on here.
  ///
  /// Values are summed in single precision along a row, and rows in double, so that it comes out the
  /// same on every machine.
  public mutating func take(_ output: Tensor, at first: Int) {
    let shape = output.shape
    precondition(0...maxima.count - shape.channels ~= first, "room for \(shape) from \(first) on")
    CKSummarize(
      output.base, shape.height, shape.width, shape.channels, first, &maxima, &places, &means,
      &squares, &zeros)
  }
}
