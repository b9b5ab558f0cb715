import CKernels
import Tensors

/// A depthwise 3×3 convolution of integers and the pointwise one after it, fused so that the values
/// in between stay in the cache.
public struct IntegerSeparable: Sendable {
  /// The shape of the input.
  public let input: Shape
  /// The shape of the depthwise half's output.
  public let middle: Shape
  /// The shape of the output.
  public let output: Shape

  private let depthwise: IntegerDepthwiseWeights
  private let panels: IntegerPanels
  private let stride: Int
  private let before: Margin
  private let kernels: IntegerKernelSet
  /// The number of pieces that the rows are divided into, a multiple of the number of threads if
  /// there are enough rows.
  private let pieces: Int
  /// The number of rows of the largest piece.
  private let mostRows: Int

  /// Packs the weights for `workers`.
  ///
  /// The first window begins `before` outside of the input, 0 or 1 each.
  public init(
    depthwise: IntegerFilter, pointwise: IntegerFilter, input: Shape, stride: Int, before: Margin,
    workers: Workers
  ) {
    precondition(stride == 1 || stride == 2, "a stride of 1 or 2, not \(stride)")
    precondition(
      0...1 ~= before.above && 0...1 ~= before.left, "0 or 1 before the input, not \(before)")
    precondition(
      depthwise.biases.count == input.channels && depthwise.depth == 9,
      "nine weights for each of \(input.channels) channels, not \(depthwise.weights.count) in all")
    precondition(
      pointwise.depth == input.channels,
      "\(input.channels) weights for each output, not \(pointwise.depth)")
    kernels = workers.integerKernels
    self.depthwise = IntegerDepthwiseWeights(depthwise, kernels: kernels)
    panels = IntegerPanels(pointwise, kernels: kernels)
    self.input = input
    self.stride = stride
    self.before = before
    let height = (input.height + stride - 1) / stride
    let width = (input.width + stride - 1) / stride
    middle = Shape(height: height, width: width, channels: input.channels)
    output = Shape(height: height, width: width, channels: panels.outputs)
    // A piece's input, its values between the two halves and its output fill half of the
    // second-level cache.
    let line =
      stride * input.width * input.channels
      + width * ((1 + kernels.valueBytes) * input.channels + panels.outputs)
    let perThread = (height + workers.count - 1) / workers.count
    let cap = SecondLevelCache.floats * MemoryLayout<Float>.stride / 2
    pieces = min((perThread * line + cap - 1) / cap * workers.count, height)
    mostRows = isSmall(output) ? height : (height + pieces - 1) / pieces
  }

  /// The memory of the packed weights, in bytes.
  public var byteCount: Int { depthwise.byteCount + panels.byteCount }

  /// The scratch memory that each thread needs, in floats.
  public var scratchCount: Int { (places.end + 3) / MemoryLayout<Float>.stride }

  /// The offsets of the parts of a thread's memory, in bytes.
  private var places: (values: Int, offsets: Int, end: Int) {
    let lines = 4 * lineWidth * input.channels * kernels.valueBytes
    let values = (lines + 3 * QuantizedTensor.slack) / 64 * 64
    let count = mostRows * middle.width * middle.channels * kernels.valueBytes
    let offsets = (values + count + 2 * QuantizedTensor.slack) / 64 * 64
    return (values, offsets, offsets + 4 * mostRows * middle.width)
  }

  private var lineWidth: Int { input.width + 2 }

  /// Computes `output` from `input`, and writes the depthwise half's output to `middle`.
  ///
  /// Returns the time of each half.
  public func run(
    _ input: QuantizedTensor, middle: QuantizedDestination, into output: QuantizedDestination,
    workers: Workers
  ) -> Workers.HalfTimes {
    precondition(
      input.shape == self.input && middle.shape == self.middle && output.shape == self.output,
      "from \(self.input) over \(self.middle) to \(self.output), not from \(input.shape) over "
        + "\(middle.shape) to \(output.shape)")
    workers.requireScratch(scratchCount)
    return isSmall(self.output)
      ? runByChannels(input, middle: middle, into: output, workers: workers)
      : runByRows(input, middle: middle, into: output, workers: workers)
  }

  /// Rows for which the depthwise half is done, and which the pointwise half reads.
  private struct Piece {
    /// The range of rows.
    var rows = 0..<0
    /// The output of the depthwise half, in the form that the kernels read.
    var values: UnsafeRawPointer?
    /// The summand for the sums of each place.
    var offsets: UnsafePointer<Int32>?
  }

  /// Divides the work by channels, so that each thread reads only its part of the weights; for few
  /// places and many weights.
  private func runByChannels(
    _ input: QuantizedTensor, middle: QuantizedDestination, into output: QuantizedDestination,
    workers: Workers
  ) -> Workers.HalfTimes {
    let rows = 0..<self.middle.height
    let watch = Stopwatch()
    // All threads share the values in between.
    let shared = place(workers.scratch(0))
    let blocks = (self.middle.channels + depthwise.blockChannels - 1) / depthwise.blockChannels
    workers.divide(min(blocks, workers.count)) { index, worker in
      let part = (0..<blocks).part(index, of: min(blocks, workers.count))
      let end = min(part.upperBound * depthwise.blockChannels, self.middle.channels)
      runDepthwise(
        input, rows: rows, channels: part.lowerBound * depthwise.blockChannels..<end,
        into: destination(middle, row: 0, values: shared.values),
        lines: UnsafeMutableRawPointer(workers.scratch(worker)))
    }
    let piece = piece(rows, middle: middle, at: shared)
    let firstTime = watch.milliseconds
    workers.divide(panels.count) { panel, _ in runPointwise(panel, of: piece, into: output) }
    return Workers.HalfTimes(first: firstTime, second: watch.milliseconds - firstTime)
  }

  private func runByRows(
    _ input: QuantizedTensor, middle: QuantizedDestination, into output: QuantizedDestination,
    workers: Workers
  ) -> Workers.HalfTimes {
    workers.divideInHalves(
      pieces: pieces, parts: panels.count, none: Piece(),
      first: { index, worker in
        let rows = (0..<self.middle.height).part(index, of: pieces)
        let memory = workers.scratch(worker)
        let own = place(memory)
        runDepthwise(
          input, rows: rows, channels: 0..<self.input.channels,
          into: destination(middle, row: rows.lowerBound, values: own.values),
          lines: UnsafeMutableRawPointer(memory))
        return piece(rows, middle: middle, at: own)
      },
      second: { panel, piece in runPointwise(panel, of: piece, into: output) })
  }

  /// Returns the addresses of values and offsets in a thread's memory.
  private func place(
    _ memory: UnsafeMutablePointer<Float>
  ) -> (values: UnsafeMutablePointer<Int16>, offsets: UnsafeMutablePointer<Int32>) {
    let raw = UnsafeMutableRawPointer(memory)
    return (
      (raw + places.values).assumingMemoryBound(to: Int16.self),
      (raw + places.offsets).assumingMemoryBound(to: Int32.self)
    )
  }

  /// Returns the destination of the depthwise half from row `row` on.
  private func destination(
    _ middle: QuantizedDestination, row: Int, values: UnsafeMutablePointer<Int16>
  ) -> DepthwiseOutput {
    let line = self.middle.width * self.middle.channels
    return DepthwiseOutput(
      bytes: middle.bytes + row * line, words: kernels.readsBytes ? nil : values)
  }

  /// Returns the pointwise half's input for some rows.
  private func piece(
    _ rows: Range<Int>, middle: QuantizedDestination,
    at place: (values: UnsafeMutablePointer<Int16>, offsets: UnsafeMutablePointer<Int32>)
  ) -> Piece {
    let line = self.middle.width * self.middle.channels
    let bytes = middle.bytes + rows.lowerBound * line
    guard kernels.readsBytes else {
      return Piece(rows: rows, values: UnsafeRawPointer(place.values))
    }
    if panels.excess != 0 {
      var sums = CKRowSums(
        input: bytes, inputStride: self.middle.channels, rows: rows.count * self.middle.width,
        segments: 1, segmentStride: 0, depth: self.middle.channels, factor: Int32(panels.excess),
        output: place.offsets)
      CKSumRows(&sums)
    }
    return Piece(rows: rows, values: UnsafeRawPointer(bytes), offsets: UnsafePointer(place.offsets))
  }

  /// Computes the depthwise half of some rows and channels, the first of which begins a block.
  private func runDepthwise(
    _ input: QuantizedTensor, rows: Range<Int>, channels: Range<Int>, into output: DepthwiseOutput,
    lines memory: UnsafeMutableRawPointer
  ) {
    let lines = PaddedLines(
      input: input, channels: channels, before: before.left, width: lineWidth,
      areBytes: kernels.readsBytes, memory: memory)
    let isWhole = stride == 1 && depthwise.isPeriodic && channels.count == middle.channels
    let outputLine = middle.width * middle.channels
    // The memory holds four lines, so that each input row is copied once.
    var copied = rows.lowerBound * stride - before.above
    var row = rows.lowerBound
    while row < rows.upperBound {
      let isPair = stride == 1 && row + 1 < rows.upperBound
      let top = row * stride - before.above
      while copied < top + (isPair ? 4 : 3) {
        lines.fill(copied & 3, row: copied)
        copied += 1
      }
      let first = output.advanced(by: (row - rows.lowerBound) * outputLine + channels.lowerBound)
      for x in 0..<(isWhole ? 1 : middle.width) {
        let skipped = x * stride * channels.count * kernels.valueBytes
        func line(_ index: Int) -> UnsafeRawPointer { lines.line((top + index) & 3) + skipped }
        let target = first.advanced(by: x * middle.channels)
        kernels.span(
          depthwise.span(
            rows: (line(0), line(1), line(2), isPair ? line(3) : line(0)), channels: channels.count,
            count: isWhole ? outputLine : channels.count,
            firstBlock: channels.lowerBound / depthwise.blockChannels,
            output: (target, isPair ? target.advanced(by: outputLine) : nil)))
      }
      row += isPair ? 2 : 1
    }
  }

  private func runPointwise(_ panel: Int, of piece: Piece, into output: QuantizedDestination) {
    guard let values = piece.values else { preconditionFailure("a piece that was not begun") }
    kernels.product(
      panels.product(
        panel, input: values, inputStride: middle.channels, rows: piece.rows.count * middle.width,
        offsets: piece.offsets,
        output: output.bytes + piece.rows.lowerBound * middle.width * panels.outputs))
  }
}

/// Whether there are so few places that the work is better divided by channels.
private func isSmall(_ shape: Shape) -> Bool { shape.places <= 64 }
