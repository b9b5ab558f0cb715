/// An immutable activation: float32 values, height × width × channels.
public struct Tensor: Sendable {
  /// Height × width × channels.
  public let shape: Shape

  private let storage: Storage
  private let offset: Int

  /// Views `shape.count` floats of `storage`, beginning with the one at `offset`.
  public init(shape: Shape, storage: Storage, offset: Int = 0) {
    precondition(offset >= 0 && offset + shape.count <= storage.count)
    self.shape = shape
    self.storage = storage
    self.offset = offset
  }

  /// Copies `values`, which are in the order of rows, columns, channels.
  public init(shape: Shape, values: some Collection<Float>) {
    precondition(values.count == shape.count)
    let storage = Storage(uninitialized: shape.count)
    storage.withUnsafeMutableBufferPointer { _ = $0.initialize(from: values) }
    self.init(shape: shape, storage: storage)
  }

  /// Creates a tensor with the same value everywhere.
  public init(repeating value: Float, shape: Shape) {
    let storage = Storage(uninitialized: shape.count)
    storage.withUnsafeMutableBufferPointer { $0.initialize(repeating: value) }
    self.init(shape: shape, storage: storage)
  }

  /// The value of `channel` in row `y` and column `x`.
  public subscript(y: Int, x: Int, channel: Int) -> Float {
    precondition(0..<shape.height ~= y && 0..<shape.width ~= x && 0..<shape.channels ~= channel)
    return storage.base[offset + (y * shape.width + x) * shape.channels + channel]
  }

  /// Calls `body` with all values, rows first, channels last.
  public func withUnsafeBufferPointer<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeBufferPointer(start: storage.base + offset, count: shape.count))
  }

  /// The first value, for kernels; valid as long as the tensor is alive.
  package var base: UnsafePointer<Float> { UnsafePointer(storage.base + offset) }

  /// All values, copied, rows first, channels last.
  public var values: [Float] { withUnsafeBufferPointer { Array($0) } }

  /// Returns a copy of one channel.
  public func plane(_ channel: Int) -> Plane {
    precondition(0..<shape.channels ~= channel)
    let values = withUnsafeBufferPointer { all in
      (0..<shape.places).map { all[$0 * shape.channels + channel] }
    }
    return Plane(height: shape.height, width: shape.width, values: values)
  }
}
