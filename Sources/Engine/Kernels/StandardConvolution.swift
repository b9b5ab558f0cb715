import Tensors

/// A standard convolution over all input channels, with bias and activation.
///
/// MobileNets have one, of 3×3; the networks that they are compared with have others.
public struct StandardConvolution: Sendable {
  /// The shape of the input.
  public let input: Shape
  /// The shape of the output.
  public let output: Shape
  /// The scratch memory that each thread needs, in floats.
  public let scratchCount: Int

  private let panels: Panels
  private let side: Int
  private let stride: Int
  private let before: Margin
  /// The number of places of an input row, with the padding that windows reach on either side.
  private let paddedWidth: Int
  /// The range of the output values.
  public var limits: Limits
  /// The number of pieces that the rows are divided into.
  private let pieces: Int

  /// Packs the weights for the kernels of `workers`.
  ///
  /// `weights` are in the order output channel, row, column, input channel, with windows of `side`
  /// rows and columns. The first window begins `before` outside of the input.
  public init(
    weights: [Float], biases: [Float], input: Shape, output: Shape, side: Int = 3, stride: Int,
    before: Margin, limits: Limits, workers: Workers
  ) {
    precondition(
      weights.count == side * side * input.channels * output.channels
        && biases.count == output.channels,
      "a bias and \(side)×\(side)×\(input.channels) weights for each of \(output.channels) outputs, "
        + "not \(biases.count) and \(weights.count) in all")
    let panels = Panels(weights: weights, biases: biases, columns: workers.kernels.columns)
    self.init(
      panels, input: input, output: output, side: side, stride: stride, before: before,
      limits: limits, workers: workers)
  }

  /// Creates a convolution whose weights are all the same, for measuring time, which does not
  /// depend on the weights.
  public init(
    everyWeight weight: Float, input: Shape, output: Shape, side: Int = 3, stride: Int,
    before: Margin, limits: Limits, workers: Workers
  ) {
    let panels = Panels(
      everyWeight: weight, depth: side * side * input.channels, outputs: output.channels,
      columns: workers.kernels.columns)
    self.init(
      panels, input: input, output: output, side: side, stride: stride, before: before,
      limits: limits, workers: workers)
  }

  private init(
    _ panels: Panels, input: Shape, output: Shape, side: Int, stride: Int, before: Margin,
    limits: Limits, workers: Workers
  ) {
    precondition(
      before.above >= 0 && before.left >= 0, "0 or more before the input, not \(before)")
    self.panels = panels
    self.input = input
    self.output = output
    self.side = side
    self.stride = stride
    self.before = before
    self.limits = limits
    paddedWidth = max(before.left + input.width, (output.width - 1) * stride + side)
    let line = paddedWidth * input.channels
    // Large weights should be read seldom, so a piece then has more rows of input.
    let cap = panels.byteCount < 1 << 18 ? 16_384 : 131_072
    let pieceRows = max(
      1, min((output.height + workers.count - 1) / workers.count, cap / (stride * line)))
    pieces = (output.height + pieceRows - 1) / pieceRows
    let mostRows = (output.height + pieces - 1) / pieces
    let isProduct = side == 1 && stride == 1 && before == 0
    scratchCount = isProduct ? 0 : ((mostRows - 1) * stride + side) * line
  }

  /// The memory of the packed weights, in bytes.
  public var byteCount: Int { panels.byteCount }

  /// Computes `output` from `input`, from channel `firstChannel` of the destination on, so that
  /// several convolutions can write side by side.
  public func run(
    _ input: Tensor, into output: Destination, firstChannel: Int = 0, workers: Workers
  ) {
    precondition(input.shape == self.input, "from \(self.input), not from \(input.shape)")
    let (found, wanted) = (output.shape, self.output)
    precondition(
      found.height == wanted.height && found.width == wanted.width
        && firstChannel >= 0 && firstChannel + wanted.channels <= found.channels,
      "to \(wanted), which channels from \(firstChannel) of \(found) do not hold")
    workers.requireScratch(scratchCount)
    let target = output.base + firstChannel
    workers.divide(pieces) { piece, worker in
      let rows = (0..<output.shape.height).part(piece, of: pieces)
      if scratchCount == 0 {
        runPointwise(
          input, into: target, of: output.shape, rows: rows, workers: workers)
      } else {
        run(
          input, into: target, of: output.shape, rows: rows, workers: workers,
          scratch: workers.scratch(worker))
      }
    }
  }

  private func run(
    _ input: Tensor, into output: UnsafeMutablePointer<Float>, of shape: Shape, rows: Range<Int>,
    workers: Workers, scratch: UnsafeMutablePointer<Float>
  ) {
    let channels = input.shape.channels
    let line = paddedWidth * channels
    let firstRow = rows.lowerBound * stride - before.above
    for row in 0..<(rows.count - 1) * stride + side {
      pad(input, row: firstRow + row, into: scratch + row * line)
    }
    for panel in 0..<panels.count {
      let column = panel * panels.columns
      for (index, row) in rows.enumerated() {
        workers.kernels.product(
          Product(
            input: scratch + index * stride * line, inputStride: stride * channels,
            rows: shape.width, segments: side, segmentStride: line, depth: side * channels,
            panel: panels.panel(panel),
            output: output + row * shape.width * shape.channels + column,
            outputStride: shape.channels, columns: min(panels.columns, panels.outputs - column),
            floor: limits.floor, ceiling: limits.ceiling, readNext: .none, writtenNext: .none))
      }
    }
  }

  /// Computes windows of a single place as one product over many rows, without copying the input.
  private func runPointwise(
    _ input: Tensor, into output: UnsafeMutablePointer<Float>, of shape: Shape, rows: Range<Int>,
    workers: Workers
  ) {
    let place = rows.lowerBound * shape.width
    for panel in 0..<panels.count {
      let column = panel * panels.columns
      workers.kernels.product(
        Product(
          input: input.base + place * panels.depth, inputStride: panels.depth,
          rows: rows.count * shape.width, segments: 1, segmentStride: 0, depth: panels.depth,
          panel: panels.panel(panel), output: output + place * shape.channels + column,
          outputStride: shape.channels, columns: min(panels.columns, panels.outputs - column),
          floor: limits.floor, ceiling: limits.ceiling, readNext: .none, writtenNext: .none))
    }
  }

  /// Copies an input row with zeros at either end; writes only zeros for a row outside of the
  /// input.
  private func pad(_ input: Tensor, row: Int, into line: UnsafeMutablePointer<Float>) {
    let channels = input.shape.channels
    guard 0..<input.shape.height ~= row else {
      line.update(repeating: 0, count: paddedWidth * channels)
      return
    }
    let count = input.shape.width * channels
    line.update(repeating: 0, count: before.left * channels)
    (line + before.left * channels).update(from: input.base + row * count, count: count)
    let after = paddedWidth - before.left - input.shape.width
    (line + before.left * channels + count).update(repeating: 0, count: after * channels)
  }
}
