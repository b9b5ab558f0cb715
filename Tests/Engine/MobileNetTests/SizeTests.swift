#if compiler(>=6.2)
  import Kernels
  import Tensors
  import Testing

  /// Kernels read and write without looking: what does not fit stops the program before.
  ///
  /// Tensors are too large rather than too small, which would do no harm unnoticed.
  struct SizeTests {
    private static let workers = Workers(count: 1)
    private static let shape = Shape(side: 4, channels: 8)

    private static func tensor(_ shape: Shape) -> Tensor {
      Tensor(repeating: 0, shape: shape)
    }

    private static func destination(_ shape: Shape) -> Destination {
      Destination(shape: shape, storage: Storage(uninitialized: shape.count))
    }

    private static func separable(
      biases: Int = 8, input: Shape = shape, stride: Int = 1, before: Margin = 1
    ) -> SeparableConvolution {
      SeparableConvolution(
        depthwise: ([Float](repeating: 0, count: 72), [Float](repeating: 0, count: biases)),
        pointwise: ([Float](repeating: 0, count: 128), [Float](repeating: 0, count: 16)),
        input: input, stride: stride, before: before, limits: .none, workers: workers)
    }

    private static func run(
      input: Shape = shape, middle: Shape? = shape, output: Shape = Shape(side: 4, channels: 16),
      reserved: Int = 128
    ) {
      workers.reserve(reserved)
      _ = separable().run(
        tensor(input), middle: middle.map(destination), into: destination(output), workers: workers)
    }

    @Test func whatFitsRuns() async {
      await #expect(processExitsWith: .success) {
        Self.run()
        Self.run(middle: nil)
      }
    }

    @Test func tensorsOfAnotherSizeStopAConvolution() async {
      await #expect(processExitsWith: .failure) { Self.run(input: Shape(side: 5, channels: 8)) }
      await #expect(processExitsWith: .failure) { Self.run(middle: Shape(side: 5, channels: 8)) }
      await #expect(processExitsWith: .failure) { Self.run(output: Shape(side: 4, channels: 17)) }
      await #expect(processExitsWith: .failure) { Self.run(middle: nil, reserved: 127) }
    }

    @Test func weightsThatDoNotBelongTogetherStopAConvolution() async {
      await #expect(processExitsWith: .failure) { _ = Self.separable(biases: 7) }
    }

    @Test func windowsTooFarOutsideStopAConvolution() async {
      await #expect(processExitsWith: .success) {
        _ = Self.separable(stride: 2, before: 0)
        _ = Self.separable(input: Shape(side: 5, channels: 8), stride: 2)
      }
      await #expect(processExitsWith: .failure) { _ = Self.separable(before: 0) }
      await #expect(processExitsWith: .failure) {
        _ = Self.separable(input: Shape(side: 5, channels: 8), stride: 2, before: 0)
      }
    }

    @Test func aPlaceBeyondItsStorageIsNoDestination() async {
      await #expect(processExitsWith: .failure) {
        _ = Destination(shape: Self.shape, storage: Storage(uninitialized: 128), offset: 1)
      }
    }
  }
#endif
