import Tensors

/// A depthwise 3×3 convolution and the pointwise 1×1 convolution after it, each with bias and
/// activation, fused so that the values in between stay in the cache.
public struct SeparableConvolution: Sendable {
  /// The shape of the input.
  public let input: Shape
  /// The shape of the depthwise half's output.
  public let middle: Shape
  /// The shape of the output.
  public let output: Shape
  /// The scratch memory that each thread needs, in floats.
  public let scratchCount: Int

  private let depthwise: DepthwiseWeights
  private let panels: Panels
  private let stride: Int
  private let before: Margin
  /// The range of the output values of both halves.
  public var limits: Limits
  /// The pieces that the rows are cut into.
  private let pieces: Int
  /// Few places for each thread and many weights: better divided by channels, so that each thread reads
  /// only its part of the weights.
  private let isByChannels: Bool
  /// A row of zeros, for the rows above and below the input.
  private let zeros: Storage
  /// The weights to prefetch, and the number of their panels.
  private var next: (weights: Panels, count: Int)?

  /// Packs the weights for the kernels of `workers`.
  ///
  /// The depthwise weights are in the order channel, row, column, the pointwise ones output
  /// channel, input channel. The first window begins `before` outside of the input, 0 or 1 each.
  public init(
    depthwise: (weights: [Float], biases: [Float]), pointwise: (weights: [Float], biases: [Float]),
    input: Shape, stride: Int, before: Margin, limits: Limits, workers: Workers
  ) {
    precondition(stride == 1 || stride == 2, "a stride of 1 or 2, not \(stride)")
    precondition(
      0...1 ~= before.above && 0...1 ~= before.left, "0 or 1 before the input, not \(before)")
    precondition(
      before.left == 1 || stride == 2 && input.width % 2 == 0,
      "windows that end a column outside the input at most, not those that begin \(before.left) before "
        + "\(input.width) columns at a stride of \(stride)")
    precondition(
      depthwise.biases.count == input.channels && depthwise.weights.count == 9 * input.channels,
      "a bias and nine weights for each of \(input.channels) channels, not "
        + "\(depthwise.biases.count) and \(depthwise.weights.count)")
    precondition(
      pointwise.weights.count == pointwise.biases.count * input.channels,
      "\(input.channels) weights for each of \(pointwise.biases.count) outputs, not "
        + "\(pointwise.weights.count) in all")
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
    // A piece's input, its values between the two halves and its output fill half of the
    // second-level cache, which leaves room for the next piece's. Every piece fetches weights that
    // do not fit there anew: then a piece takes one and a half times the cache, so that there are
    // fewer pieces, and at most one and a half megabytes.
    let line = stride * input.width * input.channels + width * (input.channels + output.channels)
    let weightsFit = 2 * panels.byteCount <= SecondLevelCache.floats * MemoryLayout<Float>.stride
    let cap = min(SecondLevelCache.floats * (weightsFit ? 1 : 3) / 2, 393_216)
    let fitting = (perThread * line + cap - 1) / cap * workers.count
    // A few for each thread, so that rows which threads do not divide evenly hold nobody up.
    pieces = min(weightsFit ? max(fitting, 4 * workers.count) : fitting, height)
    isByChannels = output.places <= max(64, 32 * workers.count)
    let mostRows = isByChannels ? height : (height + pieces - 1) / pieces
    scratchCount = mostRows * width * input.channels
  }

  /// The memory of the packed weights, in bytes.
  public var byteCount: Int { depthwise.byteCount + panels.byteCount }

  /// Has the first weights of `next` fetched while this is computed, or, where both are divided by
  /// channels, by each thread those that it will read, if there is room for them.
  public mutating func fetchAhead(for next: SeparableConvolution, workers: Workers) {
    let isWhole = isByChannels && next.isByChannels && Self.hasRoom(next.panels, parts, workers)
    self.next = (next.panels, isWhole ? next.panels.count : 1)
  }

  /// Has the weights of `next` fetched while this is computed, if there is room for them: all, because
  /// each is used only once, which takes less time than fetching it.
  public mutating func fetchAhead(for next: FullyConnected, workers: Workers) {
    self.next =
      Self.hasRoom(next.panels, parts, workers) ? (next.panels, next.panels.count) : nil
  }

  /// Whether weights that threads share fit in half of their second-level caches, `copies` times in all.
  private static func hasRoom(_ panels: Panels, _ copies: Int, _ workers: Workers) -> Bool {
    let cache = SecondLevelCache.floats * MemoryLayout<Float>.stride
    return panels.byteCount * copies <= cache / 2 * workers.count
  }

  /// The blocks of some tiles that places are cut into where they are divided by channels too.
  private var parts: Int { isByChannels ? max(1, middle.places / 48) : 1 }

  private var weightsNext: Memory { next.map { $0.weights.memory(of: 0..<$0.count) } ?? .none }

  /// Computes `output` from `input`, and writes the depthwise half's output to `middle`, if given.
  ///
  /// Calls `read` with the rows of either half that are done, from first to last: some at a time
  /// with a single thread, all at once with several. A single thread prefetches the beginning of
  /// `later`, the next layer's destination; with several threads another one may write there.
  /// Returns the time of each half.
  public func run(
    _ input: Tensor, middle: Destination?, into output: Destination,
    before later: Destination? = nil, workers: Workers,
    reading read: (_ isOutput: Bool, _ rows: Range<Int>) -> Void = { _, _ in }
  ) -> Workers.HalfTimes {
    precondition(
      input.shape == self.input && output.shape == self.output,
      "from \(self.input) to \(self.output), not from \(input.shape) to \(output.shape)")
    precondition(
      middle.map { $0.shape == self.middle } ?? true,
      "\(self.middle) lie between, not \(middle?.shape ?? self.middle)")
    workers.requireScratch(middle == nil ? scratchCount : 0)
    if !isByChannels, workers.count == 1 {
      return runByRows(
        input, middle: middle, into: output, before: later, workers: workers, reading: read)
    }
    let times =
      isByChannels
      ? runByChannels(input, middle: middle, into: output, workers: workers)
      : runByRows(input, middle: middle, into: output, before: nil, workers: workers) { _, _ in }
    for isOutput in [false, true] { read(isOutput, 0..<output.shape.height) }
    return times
  }

  /// Some places that the pointwise half is computed of.
  private struct Piece {
    /// The places.
    var places = 0..<0
    /// The output of the depthwise half.
    var values: UnsafePointer<Float>?
    /// The memory that the next piece reads.
    var readNext = Memory.none
    /// The memory that the depthwise half of the next piece writes.
    var writtenNext = Memory.none
  }

  private func runByChannels(
    _ input: Tensor, middle: Destination?, into output: Destination, workers: Workers
  ) -> Workers.HalfTimes {
    let between = middle?.base ?? workers.scratch(0)
    let places = 0..<self.middle.places
    let watch = Stopwatch()
    runDepthwiseByChannels(input, into: between, workers: workers)
    let depthwiseTime = watch.milliseconds
    // Neighbouring pieces read the same values.
    workers.divide(parts * panels.count) { index, _ in
      let (part, panel) = index.quotientAndRemainder(dividingBy: panels.count)
      let places = places.part(part, of: parts)
      runPointwise(
        panel,
        of: Piece(
          places: places, values: between + places.lowerBound * self.middle.channels,
          readNext: weightsNext),
        into: output, workers: workers)
    }
    return Workers.HalfTimes(
      first: depthwiseTime, second: watch.milliseconds - depthwiseTime)
  }

  private func runByRows(
    _ input: Tensor, middle: Destination?, into output: Destination, before later: Destination?,
    workers: Workers, reading read: (_ isOutput: Bool, _ rows: Range<Int>) -> Void
  ) -> Workers.HalfTimes {
    // About as much as the first piece of the next layer writes.
    let writtenLater =
      later.map { Memory($0.base, 0..<min($0.shape.count, SecondLevelCache.floats / 4)) } ?? .none
    return workers.divideInHalves(
      pieces: pieces, parts: panels.count, none: Piece(),
      first: { index, worker in
        var piece = begin(index, of: input, middle: middle, worker: worker, workers: workers)
        if index == pieces - 1 { piece.writtenNext = writtenLater }
        read(false, rows(of: piece))
        return piece
      },
      second: { panel, piece in
        runPointwise(panel, of: piece, into: output, workers: workers)
        if panel == panels.count - 1 { read(true, rows(of: piece)) }
      })
  }

  private func rows(of piece: Piece) -> Range<Int> {
    piece.places.lowerBound / middle.width..<piece.places.upperBound / middle.width
  }

  /// Computes the depthwise half of a piece.
  private func begin(
    _ index: Int, of input: Tensor, middle: Destination?, worker: Int, workers: Workers
  ) -> Piece {
    let all = 0..<self.middle.height
    let line = self.middle.width * self.middle.channels
    let rows = all.part(index, of: pieces)
    let next =
      index + 1 < pieces ? all.part(index + 1, of: pieces) : all.upperBound..<all.upperBound
    let values = middle.map { $0.base + rows.lowerBound * line } ?? workers.scratch(worker)
    runDepthwise(
      input, groups: 0..<depthwise.groups, rows: rows, into: values, workers: workers)
    return Piece(
      places: rows.of(self.middle.width), values: values,
      readNext: next.isEmpty ? weightsNext : newInput(input, rows: next),
      writtenNext: middle.map { Memory($0.base, next.of(line)) } ?? .none)
  }

  /// Returns the input that `rows` of the depthwise half read and the rows before them did not.
  private func newInput(_ input: Tensor, rows: Range<Int>) -> Memory {
    let shift = 3 - stride - before.above
    let first = min(rows.lowerBound * stride + shift, input.shape.height)
    let end = min(rows.upperBound * stride + shift, input.shape.height)
    return Memory(input.base, (first..<end).of(input.shape.width * input.shape.channels))
  }

  /// Computes the depthwise half alone.
  public func runDepthwise(_ input: Tensor, into middle: Destination, workers: Workers) {
    precondition(
      input.shape == self.input && middle.shape == self.middle,
      "from \(self.input) to \(self.middle), not from \(input.shape) to \(middle.shape)")
    runDepthwiseByChannels(input, into: middle.base, workers: workers)
  }

  /// Computes the pointwise half alone.
  public func runPointwise(_ middle: Tensor, into output: Destination, workers: Workers) {
    precondition(
      middle.shape == self.middle && output.shape == self.output,
      "from \(self.middle) to \(self.output), not from \(middle.shape) to \(output.shape)")
    let piece = Piece(places: 0..<middle.shape.places, values: middle.base)
    workers.divide(panels.count) { panel, _ in
      runPointwise(panel, of: piece, into: output, workers: workers)
    }
  }

  private func runDepthwiseByChannels(
    _ input: Tensor, into output: UnsafeMutablePointer<Float>, workers: Workers
  ) {
    // A cache line of channels at least; much of what a thread reads here it has just computed.
    let (blocks, parts) = (max(1, depthwise.channels / 16), min(parts, middle.height))
    workers.divide(parts * blocks) { index, _ in
      let (part, block) = index.quotientAndRemainder(dividingBy: blocks)
      let rows = (0..<middle.height).part(part, of: parts)
      runDepthwise(
        input, groups: (0..<depthwise.groups).part(block, of: blocks), rows: rows,
        into: output + rows.lowerBound * middle.width * middle.channels, workers: workers)
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
    // A block of groups is small enough that its three rows stay in the cache for all three reads.
    let block = max(1, workers.kernels.depthwiseBlock / (3 * input.shape.width * depthwise.lanes))
    for firstGroup in Swift.stride(from: groups.lowerBound, to: groups.upperBound, by: block) {
      for (index, row) in rows.enumerated() {
        let top = row * stride - before.above
        workers.kernels.depthwise(
          DepthwiseRow(
            rows: (inputRow(top), inputRow(top + 1), inputRow(top + 2)),
            inputWidth: input.shape.width, channels: channels, stride: stride, before: before.left,
            weights: depthwise.group(0), firstGroup: firstGroup,
            groups: min(block, groups.upperBound - firstGroup),
            output: output + index * middle.width * channels, outputStride: channels,
            outputWidth: middle.width, floor: limits.floor, ceiling: limits.ceiling))
      }
    }
  }

  private func runPointwise(
    _ panel: Int, of piece: Piece, into output: Destination, workers: Workers
  ) {
    guard let values = piece.values else { preconditionFailure("a piece that was not begun") }
    let column = panel * panels.columns
    let first = piece.places.lowerBound * panels.outputs + column
    workers.kernels.product(
      Product(
        input: values, inputStride: middle.channels, rows: piece.places.count,
        segments: 1, segmentStride: 0, depth: middle.channels, panel: panels.panel(panel),
        output: output.base + first, outputStride: panels.outputs,
        columns: min(panels.columns, panels.outputs - column),
        floor: limits.floor, ceiling: limits.ceiling,
        readNext: piece.readNext.part(panel, of: panels.count),
        writtenNext: piece.writtenNext.part(panel, of: panels.count)))
  }
}
