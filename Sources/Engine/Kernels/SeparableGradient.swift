import Tensors

/// The backward pass of a depthwise 3×3 convolution and the pointwise 1×1 convolution after it.
///
/// Both halves use the forward kernels. The pointwise half is a matrix product with the transposed
/// weights. The depthwise half gathers with the flipped kernel; with a stride of 2, each of the
/// four places of a 2×2 block reads only the windows that reach it. An odd side ends in the middle
/// of a block.
public struct SeparableGradient: Sendable {
  /// The scratch memory that each thread needs, in floats.
  public let scratchCount: Int

  /// The shape of the depthwise half's input in the forward pass.
  private let input: Shape
  /// The shape of the depthwise half's output in the forward pass.
  private let middle: Shape
  /// The shape of the pointwise half's output in the forward pass.
  private let output: Shape
  private let stride: Int
  private let limits: Limits
  /// The pointwise weights, transposed, without biases.
  private let panels: Panels
  /// The flipped depthwise kernels: one, or for a stride of 2 one for each place of a 2×2 block.
  private let kernels: [DepthwiseWeights]
  /// A row of zeros, for the rows above and below the gradient.
  private let zeros: Storage
  private let pointwisePieces: Int
  private let depthwisePieces: Int

  /// Packs the weights, in the order of the forward pass, for the kernels of `workers`.
  ///
  /// `before` and `limits` are those of the forward pass.
  public init(
    depthwise: [Float], pointwise: [Float], input: Shape, middle: Shape, output: Shape,
    stride: Int, before: Margin, limits: Limits, workers: Workers
  ) {
    precondition(
      middle.height == (input.height + stride - 1) / stride
        && middle.width == (input.width + stride - 1) / stride,
      "\(input) at a stride of \(stride), rounded up, not \(middle)")
    precondition(
      0...1 ~= before.above && 0...1 ~= before.left, "0 or 1 before the input, not \(before)")
    self.input = input
    self.middle = middle
    self.output = output
    self.stride = stride
    self.limits = limits
    panels = Panels(
      transposing: pointwise, depth: output.channels, outputs: middle.channels,
      columns: workers.kernels.columns)
    kernels = Self.flipped(
      depthwise, channels: input.channels, stride: stride, before: before,
      lanes: workers.kernels.lanes)
    zeros = Storage(uninitialized: middle.width * middle.channels)
    zeros.base.update(repeating: 0, count: zeros.count)
    let pointwiseLine = middle.width * (3 * output.channels + middle.channels)
    let depthwiseLine =
      3 * middle.width * middle.channels + stride * input.width * input.channels
    pointwisePieces = Self.pieces(middle.height, line: pointwiseLine, workers: workers)
    depthwisePieces = Self.pieces(middle.height, line: depthwiseLine, workers: workers)
    func most(_ pieces: Int) -> Int { (middle.height + pieces - 1) / pieces }
    let pointwiseRows = Self.isSmall(middle) ? middle.height : most(pointwisePieces)
    scratchCount = max(
      pointwiseRows * middle.width * output.channels,
      (most(depthwisePieces) + 2) * middle.width * middle.channels)
  }

  /// The memory of the packed weights, in bytes.
  public var byteCount: Int { kernels.reduce(panels.byteCount) { $0 + $1.byteCount } }

  /// Whether there are so few places and so many weights that the work is better divided by
  /// channels.
  private static func isSmall(_ shape: Shape) -> Bool { shape.places <= 64 }

  /// Returns the number of pieces for which a piece's input and output fill half of the
  /// second-level cache.
  private static func pieces(_ height: Int, line: Int, workers: Workers) -> Int {
    let perThread = (height + workers.count - 1) / workers.count
    let cap = max(1, SecondLevelCache.floats / 2)
    return min((perThread * line + cap - 1) / cap * workers.count, height)
  }

  /// Returns the flipped kernels, one for each place p of a block of `stride` × `stride`.
  ///
  /// Forward windows begin at `stride` · o − `before`; so input `stride` · j + p reads the window o
  /// = j − 1 + t with the weight k = `stride` · (1 − t) + p + `before`, where there is one.
  private static func flipped(
    _ weights: [Float], channels: Int, stride: Int, before: Margin, lanes: Int
  ) -> [DepthwiseWeights] {
    func tap(_ p: Int, _ t: Int, _ before: Int) -> Int? {
      let k = stride * (1 - t) + p + before
      return 0..<3 ~= k ? k : nil
    }
    return (0..<stride * stride).map { block in
      var flipped = [Float](repeating: 0, count: 9 * channels)
      for index in 0..<9 {
        guard let row = tap(block / stride, index / 3, before.above),
          let column = tap(block % stride, index % 3, before.left)
        else { continue }
        for channel in 0..<channels {
          flipped[9 * channel + index] = weights[9 * channel + 3 * row + column]
        }
      }
      return DepthwiseWeights(
        weights: flipped, biases: [Float](repeating: 0, count: channels), lanes: lanes)
    }
  }

  /// Computes `result`, the gradient with respect to the depthwise half's output, from `gradient`,
  /// the one with respect to `output`, the recorded output.
  ///
  /// With `isLinear`, `gradient` is the one with respect to the sums before the activation
  /// function.
  public func runPointwise(
    _ gradient: Tensor, output: Tensor, isLinear: Bool = false, into result: Destination,
    workers: Workers
  ) {
    precondition(
      gradient.shape == self.output && output.shape == self.output && result.shape == middle,
      "from \(self.output) to \(middle), not from \(gradient.shape) to \(result.shape)")
    workers.requireScratch(scratchCount)
    let line = middle.width * self.output.channels
    let rows = 0..<middle.height
    let limits = isLinear ? .none : limits
    func mask(_ rows: Range<Int>, into target: UnsafeMutablePointer<Float>) {
      workers.kernels.mask(
        gradient.base + rows.lowerBound * line, output.base + rows.lowerBound * line,
        limits.floor, limits.ceiling, target, rows.count * line)
    }
    if Self.isSmall(middle) {
      let masked = workers.scratch(0)
      workers.divide(middle.height) { row, _ in mask(row..<row + 1, into: masked + row * line) }
      workers.divide(panels.count) { panel, _ in
        multiply(panel, masked, rows: rows, into: result, workers: workers)
      }
    } else {
      workers.divide(pointwisePieces) { piece, worker in
        let rows = rows.part(piece, of: pointwisePieces)
        let masked = workers.scratch(worker)
        mask(rows, into: masked)
        for panel in 0..<panels.count {
          multiply(panel, masked, rows: rows, into: result, workers: workers)
        }
      }
    }
  }

  private func multiply(
    _ panel: Int, _ masked: UnsafePointer<Float>, rows: Range<Int>, into result: Destination,
    workers: Workers
  ) {
    let column = panel * panels.columns
    workers.kernels.product(
      Product(
        input: masked, inputStride: panels.depth, rows: rows.count * middle.width, segments: 1,
        segmentStride: 0, depth: panels.depth, panel: panels.panel(panel),
        output: result.base + rows.lowerBound * middle.width * panels.outputs + column,
        outputStride: panels.outputs, columns: min(panels.columns, panels.outputs - column),
        floor: -.infinity, ceiling: .infinity, readNext: .none, writtenNext: .none))
  }

  /// Computes `result`, the gradient with respect to the pair's input, from `gradient`, the one
  /// with respect to `middle`, the recorded output of the depthwise half.
  ///
  /// With `isLinear`, `gradient` is the one with respect to the sums before the activation
  /// function.
  public func runDepthwise(
    _ gradient: Tensor, middle: Tensor, isLinear: Bool = false, into result: Destination,
    workers: Workers
  ) {
    precondition(
      gradient.shape == self.middle && middle.shape == self.middle && result.shape == input,
      "from \(self.middle) to \(input), not from \(gradient.shape) to \(result.shape)")
    workers.requireScratch(scratchCount)
    let line = self.middle.width * self.middle.channels
    let limits = isLinear ? .none : limits
    workers.divide(depthwisePieces) { piece, worker in
      let rows = (0..<self.middle.height).part(piece, of: depthwisePieces)
      let read = max(0, rows.lowerBound - 1)..<min(self.middle.height, rows.upperBound + 1)
      let masked = workers.scratch(worker)
      workers.kernels.mask(
        gradient.base + read.lowerBound * line, middle.base + read.lowerBound * line,
        limits.floor, limits.ceiling, masked, read.count * line)
      gather(
        rows: rows, into: result, workers: workers
      ) { row in
        UnsafePointer(read ~= row ? masked + (row - read.lowerBound) * line : zeros.base)
      }
    }
  }

  /// Computes `rows` of `result`; `row` returns a row of the masked gradient, zeros outside.
  private func gather(
    rows: Range<Int>, into result: Destination, workers: Workers,
    row masked: (Int) -> UnsafePointer<Float>
  ) {
    let channels = middle.channels
    let groups = kernels[0].groups
    let block = max(
      1, workers.kernels.depthwiseBlock / (3 * middle.width * workers.kernels.lanes))
    for firstGroup in Swift.stride(from: 0, to: groups, by: block) {
      for row in rows {
        for (index, kernel) in kernels.enumerated() {
          let (top, left) = (stride * row + index / stride, index % stride)
          guard top < input.height else { continue }
          workers.kernels.depthwise(
            DepthwiseRow(
              rows: (masked(row - 1), masked(row), masked(row + 1)), inputWidth: middle.width,
              channels: channels, stride: 1, before: 1, weights: kernel.group(0),
              firstGroup: firstGroup, groups: min(block, groups - firstGroup),
              output: result.base + (top * input.width + left) * channels,
              outputStride: stride * channels,
              outputWidth: (input.width - left + stride - 1) / stride, floor: -.infinity,
              ceiling: .infinity))
        }
      }
    }
  }
}
