import Tensors

/// A depthwise 3×3 convolution and the pointwise 1×1 convolution after it, each with bias and
/// activation, done together so that what lies between them stays in the cache.
public struct SeparableConvolution: Sendable {
  /// What goes in.
  public let input: Shape
  /// What lies between the two.
  public let middle: Shape
  /// What comes out.
  public let output: Shape
  /// The floats of memory that each thread needs.
  public let scratchCount: Int

  /// The time of either half, in milliseconds.
  public struct Times: Sendable {
    /// The time of the depthwise half.
    public var depthwise = 0.0
    /// The time of the pointwise half.
    public var pointwise = 0.0
  }

  private let depthwise: DepthwiseWeights
  private let panels: Panels
  private let stride: Int
  private let before: Int
  /// What the values of both halves are kept within.
  public var limits: Limits
  private let rowsPerPiece: Int
  /// Zeros, for the rows above and below the input.
  private let zeros: Storage

  /// Packs the weights for the kernels of `workers`.
  ///
  /// The depthwise weights are in the order channel, row, column, the pointwise ones output
  /// channel, input channel. The first window begins `before` rows above and columns left of the
  /// input, 0 or 1.
  public init(
    depthwise: (weights: [Float], biases: [Float]), pointwise: (weights: [Float], biases: [Float]),
    input: Shape, stride: Int, before: Int, limits: Limits, workers: Workers
  ) {
    precondition(depthwise.biases.count == input.channels)
    precondition(depthwise.weights.count == 9 * input.channels)
    precondition(pointwise.weights.count == pointwise.biases.count * input.channels)
    self.depthwise = DepthwiseWeights(
      weights: depthwise.weights, biases: depthwise.biases, lanes: workers.kernels.lanes)
    panels = Panels(
      weights: pointwise.weights, biases: pointwise.biases, columns: workers.kernels.columns)
    self.input = input
    self.stride = stride
    self.before = before
    self.limits = limits
    let height = (input.height + stride - 1) / stride
    let width = (input.width + stride - 1) / stride
    middle = Shape(height: height, width: width, channels: input.channels)
    output = Shape(height: height, width: width, channels: panels.outputs)
    zeros = Storage(uninitialized: input.width * input.channels)
    zeros.base.update(repeating: 0, count: zeros.count)
    let perThread = (height + workers.count - 1) / workers.count
    // What lies between the two halves fills a part of the second-level cache, and half a megabyte
    // at most. Where the weights, which every piece reads, fit beside it, pieces are small enough
    // for what the next one reads and writes to fit as well.
    let weightsFit = 2 * panels.byteCount <= SecondLevelCache.floats * MemoryLayout<Float>.stride
    let cap = min(SecondLevelCache.floats / (weightsFit ? 4 : 2), 131_072)
    let pieces = (perThread * width * input.channels + cap - 1) / cap
    rowsPerPiece = (perThread + pieces - 1) / pieces
    scratchCount = (Self.isSmall(output) ? height : rowsPerPiece) * width * input.channels
  }

  /// The memory that the packed weights take, in bytes.
  public var byteCount: Int { depthwise.byteCount + panels.byteCount }

  /// Few places and many weights: better divided by channels, so that each thread reads only its
  /// part of the weights.
  private static func isSmall(_ shape: Shape) -> Bool { shape.places <= 64 }

  /// Computes `output` from `input`; the depthwise half goes to `middle`, if that is given.
  ///
  /// Returns how long either half took.
  public func run(
    _ input: Tensor, middle: Destination?, into output: Destination, workers: Workers
  ) -> Times {
    precondition(input.shape == self.input && output.shape == self.output)
    precondition(middle.map { $0.shape == self.middle } ?? true)
    return Self.isSmall(self.output)
      ? runByChannels(input, middle: middle, into: output, workers: workers)
      : runByRows(input, middle: middle, into: output, workers: workers)
  }

  private func runByChannels(
    _ input: Tensor, middle: Destination?, into output: Destination, workers: Workers
  ) -> Times {
    let between = middle?.base ?? workers.scratch(0)
    let rows = 0..<output.shape.height
    let watch = Stopwatch()
    workers.divide(depthwise.groups) { groups, _ in
      runDepthwise(input, groups: groups, rows: rows, into: between, workers: workers)
    }
    let depthwiseTime = watch.milliseconds
    workers.divide(panels.count) { panels, _ in
      runPointwise(between, panels: panels, rows: rows, output: output, workers: workers)
    }
    return Times(depthwise: depthwiseTime, pointwise: watch.milliseconds - depthwiseTime)
  }

  private func runByRows(
    _ input: Tensor, middle: Destination?, into output: Destination, workers: Workers
  ) -> Times {
    let watch = Stopwatch()
    let times = PerWorker<Times>(repeating: Times(), count: workers.count)
    let line = self.middle.width * self.middle.channels
    workers.divide(self.middle.height) { mine, worker in
      for first in Swift.stride(from: mine.lowerBound, to: mine.upperBound, by: rowsPerPiece) {
        let rows = first..<min(first + rowsPerPiece, mine.upperBound)
        let next = rows.upperBound..<min(rows.upperBound + rowsPerPiece, mine.upperBound)
        let between = middle.map { $0.base + first * line } ?? workers.scratch(worker)
        let watch = Stopwatch()
        runDepthwise(
          input, groups: 0..<depthwise.groups, rows: rows, into: between, workers: workers)
        let depthwiseTime = watch.milliseconds
        runPointwise(
          between, panels: 0..<panels.count, rows: rows, output: output, workers: workers,
          readNext: newInput(input, rows: next),
          writtenNext: middle.map { Memory($0.base, next.of(line)) } ?? .none)
        times[worker].depthwise += depthwiseTime
        times[worker].pointwise += watch.milliseconds - depthwiseTime
      }
    }
    return times.share(of: watch.milliseconds)
  }

  /// What is read for `rows` of the depthwise half and wasn't for those before.
  private func newInput(_ input: Tensor, rows: Range<Int>) -> Memory {
    let shift = 3 - stride - before
    let first = min(rows.lowerBound * stride + shift, input.shape.height)
    let end = min(rows.upperBound * stride + shift, input.shape.height)
    return Memory(input.base, (first..<end).of(input.shape.width * input.shape.channels))
  }

  /// Computes the depthwise half alone.
  public func runDepthwise(_ input: Tensor, into middle: Destination, workers: Workers) {
    precondition(input.shape == self.input && middle.shape == self.middle)
    workers.divide(depthwise.groups) { groups, _ in
      runDepthwise(
        input, groups: groups, rows: 0..<middle.shape.height, into: middle.base, workers: workers)
    }
  }

  /// Computes the pointwise half alone.
  public func runPointwise(_ middle: Tensor, into output: Destination, workers: Workers) {
    precondition(middle.shape == self.middle && output.shape == self.output)
    workers.divide(panels.count) { panels, _ in
      runPointwise(
        middle.base, panels: panels, rows: 0..<middle.shape.height, output: output,
        workers: workers)
    }
  }

  private func runDepthwise(
    _ input: Tensor, groups: Range<Int>, rows: Range<Int>,
    into output: UnsafeMutablePointer<Float>, workers: Workers
  ) {
    let channels = input.shape.channels
    let inputLine = input.shape.width * channels
    func inputRow(_ row: Int) -> UnsafePointer<Float> {
      0..<input.shape.height ~= row
        ? input.base + row * inputLine : UnsafePointer(zeros.base)
    }
    // Three rows of some groups stay at hand, and are read three times.
    let block = max(1, workers.kernels.depthwiseBlock / (3 * input.shape.width * depthwise.lanes))
    for firstGroup in Swift.stride(from: groups.lowerBound, to: groups.upperBound, by: block) {
      for (index, row) in rows.enumerated() {
        let top = row * stride - before
        workers.kernels.depthwise(
          DepthwiseRow(
            rows: (inputRow(top), inputRow(top + 1), inputRow(top + 2)),
            inputWidth: input.shape.width, channels: channels, stride: stride, before: before,
            weights: depthwise.group(0), firstGroup: firstGroup,
            groups: min(block, groups.upperBound - firstGroup),
            output: output + index * middle.width * channels, outputStride: channels,
            outputWidth: middle.width, floor: limits.floor, ceiling: limits.ceiling))
      }
    }
  }

  private func runPointwise(
    _ middleRows: UnsafePointer<Float>, panels range: Range<Int>, rows: Range<Int>,
    output: Destination, workers: Workers, readNext: Memory = .none, writtenNext: Memory = .none
  ) {
    let first = output.base + rows.lowerBound * middle.width * panels.outputs
    for panel in range {
      let column = panel * panels.columns
      let index = panel - range.lowerBound
      workers.kernels.product(
        Product(
          input: middleRows, inputStride: middle.channels, rows: rows.count * middle.width,
          segments: 1, segmentStride: 0, depth: middle.channels, panel: panels.panel(panel),
          output: first + column, outputStride: panels.outputs,
          columns: min(panels.columns, panels.outputs - column), floor: limits.floor,
          ceiling: limits.ceiling, readNext: readNext.part(index, of: range.count),
          writtenNext: writtenNext.part(index, of: range.count)))
    }
  }
}

extension Range<Int> {
  /// The floats of these lines, each of `count`.
  fileprivate func of(_ count: Int) -> Range { lowerBound * count..<upperBound * count }
}

extension PerWorker<SeparableConvolution.Times> {
  /// Divides the time that passed as the threads say that they divided theirs.
  fileprivate func share(of milliseconds: Double) -> SeparableConvolution.Times {
    var total = SeparableConvolution.Times()
    for index in 0..<count {
      total.depthwise += self[index].depthwise
      total.pointwise += self[index].pointwise
    }
    let scale = milliseconds / max(total.depthwise + total.pointwise, .leastNormalMagnitude)
    return SeparableConvolution.Times(
      depthwise: total.depthwise * scale, pointwise: total.pointwise * scale)
  }
}
