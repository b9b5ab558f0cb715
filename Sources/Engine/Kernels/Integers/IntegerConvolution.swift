import CKernels
import Tensors

/// A standard 3×3 convolution of integers over all input channels.
public struct IntegerConvolution: Sendable {
  /// The shape of the input.
  public let input: Shape
  /// The shape of the output.
  public let output: Shape

  private let panels: IntegerPanels
  private let stride: Int
  private let before: Margin
  private let kernels: IntegerKernelSet
  /// The number of pieces that the rows are divided into.
  private let pieces: Int

  private static var side: Int { 3 }

  /// Packs the weights for `workers`, in the order output channel, row, column, input channel.
  ///
  /// The first window begins `before` outside of the input.
  public init(
    _ filter: IntegerFilter, input: Shape, output: Shape, stride: Int, before: Margin,
    workers: Workers
  ) {
    precondition(
      filter.depth == 9 * input.channels && filter.biases.count == output.channels,
      "3×3×\(input.channels) weights for each of \(output.channels) outputs, "
        + "not \(filter.weights.count) for \(filter.biases.count)")
    precondition(
      before.above >= 0 && before.left >= 0, "0 or more before the input, not \(before)")
    kernels = workers.integerKernels
    panels = IntegerPanels(filter, segments: Self.side, kernels: kernels)
    self.input = input
    self.output = output
    self.stride = stride
    self.before = before
    let pieceRows = max(1, min((output.height + workers.count - 1) / workers.count, 8))
    pieces = (output.height + pieceRows - 1) / pieceRows
  }

  /// The memory of the packed weights, in bytes.
  public var byteCount: Int { panels.byteCount }

  /// The scratch memory that each thread needs, in floats.
  public var scratchCount: Int {
    (offsetsPlace + 4 * output.width + 3) / MemoryLayout<Float>.stride
  }

  /// The number of places of an input row, with the padding that windows reach on either side.
  private var lineWidth: Int {
    max(before.left + input.width, (output.width - 1) * stride + Self.side)
  }

  /// The offset of the sums of a row's windows in a thread's memory, in bytes.
  private var offsetsPlace: Int {
    let mostRows = (output.height + pieces - 1) / pieces
    let lines = (mostRows - 1) * stride + Self.side
    let bytes = lines * lineWidth * input.channels * kernels.valueBytes
    return (bytes + 2 * QuantizedTensor.slack) / 64 * 64
  }

  /// Computes `output` from `input`.
  public func run(_ input: QuantizedTensor, into target: QuantizedDestination, workers: Workers) {
    precondition(
      input.shape == self.input && target.shape == output,
      "from \(self.input) to \(output), not from \(input.shape) to \(target.shape)")
    workers.requireScratch(scratchCount)
    workers.divide(pieces) { piece, worker in
      run(
        input, rows: (0..<output.height).part(piece, of: pieces), into: target,
        memory: UnsafeMutableRawPointer(workers.scratch(worker)))
    }
  }

  private func run(
    _ input: QuantizedTensor, rows: Range<Int>, into target: QuantizedDestination,
    memory: UnsafeMutableRawPointer
  ) {
    let lines = PaddedLines(
      input: input, channels: 0..<input.shape.channels, before: before.left, width: lineWidth,
      areBytes: kernels.readsBytes, memory: memory)
    for index in 0..<(rows.count - 1) * stride + Self.side {
      lines.fill(index, row: rows.lowerBound * stride - before.above + index)
    }
    let offsets = (memory + offsetsPlace).assumingMemoryBound(to: Int32.self)
    let step = stride * input.shape.channels
    for (index, row) in rows.enumerated() {
      let line = lines.line(index * stride)
      if panels.excess != 0 {
        var sums = CKRowSums(
          input: line.assumingMemoryBound(to: UInt8.self), inputStride: step, rows: output.width,
          segments: Self.side, segmentStride: lines.count, depth: panels.depth / Self.side,
          factor: Int32(panels.excess), output: offsets)
        CKSumRows(&sums)
      }
      for panel in 0..<panels.count {
        kernels.product(
          panels.product(
            panel, input: line, inputStride: step, segmentStride: lines.count, rows: output.width,
            offsets: offsets, output: target.bytes + row * output.width * output.channels))
      }
    }
  }
}
