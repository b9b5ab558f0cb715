import Tensors

/// The backward pass of a 3×3 convolution over all channels with a stride of 2, such as conv1.
///
/// The same 2×2 windows read each 2×2 block of the input: the four places side by side are the
/// outputs of one standard convolution over the gradient. An odd side ends in the middle of a
/// block.
public struct StridedGradient: Sendable {
  private let input: Shape
  private let output: Shape
  private let limits: Limits
  private let blocks: StandardConvolution

  /// Packs `weights`, in the order output channel, row, column, input channel.
  ///
  /// `before` and `limits` are those of the forward pass.
  public init(
    weights: [Float], input: Shape, output: Shape, before: Margin, limits: Limits, workers: Workers
  ) {
    precondition(
      output.height == (input.height + 1) / 2 && output.width == (input.width + 1) / 2,
      "half of \(input), rounded up, not \(output)")
    precondition(
      0...1 ~= before.above && 0...1 ~= before.left, "0 or 1 before the input, not \(before)")
    self.input = input
    self.output = output
    self.limits = limits
    let channels = input.channels
    // Forward windows begin at 2·o − before; so input 2·j + p reads the window o = j − shift + t
    // with the weight k = 2·(shift − t) + p + before, where there is one; shift is 1 − before.
    func tap(_ p: Int, _ t: Int, _ before: Int) -> Int? {
      let k = 2 * (1 - before - t) + p + before
      return 0..<3 ~= k ? k : nil
    }
    var flipped = [Float](repeating: 0, count: 16 * channels * output.channels)
    for index in flipped.indices {
      let (source, window) = (index % output.channels, index / output.channels)
      let (t, place) = (window % 4, window / 4)
      let (channel, block) = (place % channels, place / channels)
      guard let row = tap(block / 2, t / 2, before.above),
        let column = tap(block % 2, t % 2, before.left)
      else { continue }
      flipped[index] = weights[((source * 3 + row) * 3 + column) * channels + channel]
    }
    let shape = Shape(height: output.height, width: output.width, channels: 4 * channels)
    blocks = StandardConvolution(
      weights: flipped, biases: [Float](repeating: 0, count: shape.channels), input: output,
      output: shape, side: 2, stride: 1,
      before: Margin(above: 1 - before.above, left: 1 - before.left), limits: .none,
      workers: workers)
  }

  /// The scratch memory that each thread needs, in floats.
  public var scratchCount: Int { blocks.scratchCount }

  /// The memory of the packed weights, in bytes.
  public var byteCount: Int { blocks.byteCount }

  /// Computes `result`, the gradient with respect to the input, from `gradient`, the one with
  /// respect to `output`, the recorded output.
  ///
  /// With `isLinear`, `gradient` is the one with respect to the sums before the activation
  /// function. `spares` are two blocks for values in between, as large as the output and the input
  /// with even sides.
  public func run(
    _ gradient: Tensor, output: Tensor, isLinear: Bool = false, into result: Destination,
    spares: [Storage], workers: Workers
  ) {
    precondition(
      gradient.shape == self.output && output.shape == self.output && result.shape == input,
      "from \(self.output) to \(input), not from \(gradient.shape) to \(result.shape)")
    let limits = isLinear ? .none : limits
    let masked = Destination(shape: self.output, storage: spares[0])
    let found = Destination(shape: blocks.output, storage: spares[1])
    let line = self.output.width * self.output.channels
    workers.divide(self.output.height) { row, _ in
      workers.kernels.mask(
        gradient.base + row * line, output.base + row * line, limits.floor, limits.ceiling,
        masked.base + row * line, line)
    }
    blocks.run(masked.tensor, into: found, workers: workers)
    let pair = 2 * input.channels
    workers.divide(self.output.height) { row, _ in
      for column in 0..<self.output.width {
        let block = found.base + (row * self.output.width + column) * 2 * pair
        let count = min(2, input.width - 2 * column) * input.channels
        for half in 0..<min(2, input.height - 2 * row) {
          let place = (2 * row + half) * input.width + 2 * column
          (result.base + place * input.channels).update(from: block + half * pair, count: count)
        }
      }
    }
  }
}
