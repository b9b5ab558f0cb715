import Tensors

/// A standard 3×3 convolution over all input channels, with bias and activation.
public struct StandardConvolution: Sendable {
  /// What goes in.
  public let input: Shape
  /// What comes out.
  public let output: Shape
  /// The floats of memory that each thread needs.
  public let scratchCount: Int

  private let panels: Panels
  private let stride: Int
  private let before: Int
  /// What the values are kept within.
  public var limits: Limits
  private let rowsPerPiece: Int

  /// Packs the weights for the kernels of `workers`.
  ///
  /// `weights` are in the order output channel, row, column, input channel. The first window
  /// begins `before` rows above and columns left of the input, 0 or 1.
  public init(
    weights: [Float], biases: [Float], input: Shape, output: Shape, stride: Int, before: Int,
    limits: Limits, workers: Workers
  ) {
    precondition(weights.count == 9 * input.channels * output.channels)
    precondition(biases.count == output.channels)
    let panels = Panels(weights: weights, biases: biases, columns: workers.kernels.columns)
    self.init(
      panels, input: input, output: output, stride: stride, before: before, limits: limits,
      workers: workers)
  }

  /// A convolution whose weights are all the same: good for measuring time, which doesn't depend
  /// on them.
  public init(
    everyWeight weight: Float, input: Shape, output: Shape, stride: Int, before: Int,
    limits: Limits, workers: Workers
  ) {
    let panels = Panels(
      everyWeight: weight, depth: 9 * input.channels, outputs: output.channels,
      columns: workers.kernels.columns)
    self.init(
      panels, input: input, output: output, stride: stride, before: before, limits: limits,
      workers: workers)
  }

  private init(
    _ panels: Panels, input: Shape, output: Shape, stride: Int, before: Int, limits: Limits,
    workers: Workers
  ) {
    self.panels = panels
    self.input = input
    self.output = output
    self.stride = stride
    self.before = before
    self.limits = limits
    let perThread = (output.height + workers.count - 1) / workers.count
    // Many weights are worth reading seldom, so that more rows of input have to be at hand.
    let cap = panels.byteCount < 1 << 18 ? 32_768 : 131_072
    rowsPerPiece = max(1, min(perThread, cap / (stride * (input.width + 2) * input.channels)))
    scratchCount = (rowsPerPiece * stride + 2) * (input.width + 2) * input.channels
  }

  /// The memory that the packed weights take, in bytes.
  public var byteCount: Int { panels.byteCount }

  /// Computes `output` from `input`.
  public func run(_ input: Tensor, into output: Destination, workers: Workers) {
    precondition(input.shape == self.input && output.shape == self.output)
    workers.divide(output.shape.height) { mine, worker in
      for first in Swift.stride(from: mine.lowerBound, to: mine.upperBound, by: rowsPerPiece) {
        let rows = first..<min(first + rowsPerPiece, mine.upperBound)
        run(input, into: output, rows: rows, workers: workers, scratch: workers.scratch(worker))
      }
    }
  }

  private func run(
    _ input: Tensor, into output: Destination, rows: Range<Int>, workers: Workers,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let channels = input.shape.channels
    let line = (input.shape.width + 2) * channels
    let firstRow = rows.lowerBound * stride - before
    for row in 0..<(rows.count - 1) * stride + 3 {
      pad(input, row: firstRow + row, into: scratch + row * line)
    }
    for panel in 0..<panels.count {
      let column = panel * panels.columns
      for (index, row) in rows.enumerated() {
        workers.kernels.product(
          Product(
            input: scratch + index * stride * line + (1 - before) * channels,
            inputStride: stride * channels, rows: output.shape.width, segments: 3,
            segmentStride: line, depth: 3 * channels, panel: panels.panel(panel),
            output: output.base + row * output.shape.width * output.shape.channels + column,
            outputStride: output.shape.channels,
            columns: min(panels.columns, output.shape.channels - column), floor: limits.floor,
            ceiling: limits.ceiling))
      }
    }
  }

  /// Copies a row of input with one place of zeros at either end; zeros alone if it lies outside.
  private func pad(_ input: Tensor, row: Int, into line: UnsafeMutablePointer<Float>) {
    let channels = input.shape.channels
    let count = input.shape.width * channels
    guard 0..<input.shape.height ~= row else {
      line.update(repeating: 0, count: count + 2 * channels)
      return
    }
    line.update(repeating: 0, count: channels)
    (line + channels).update(from: input.base + row * count, count: count)
    (line + channels + count).update(repeating: 0, count: channels)
  }
}
