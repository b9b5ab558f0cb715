/// An immutable activation of half-precision numbers: height × width × channels.
public struct HalfTensor: Sendable {
  /// Height × width × channels.
  public let shape: Shape

  private let storage: Storage
  private let offset: Int

  /// Views `shape.count` halves of `storage`, beginning with the one at `offset`.
  public init(shape: Shape, storage: Storage, offset: Int = 0) {
    precondition(offset >= 0 && offset + shape.count <= 2 * storage.count)
    self.shape = shape
    self.storage = storage
    self.offset = offset
  }

  /// The bits of the value of `channel` in row `y` and column `x`, in IEEE 754 binary16.
  public subscript(y: Int, x: Int, channel: Int) -> UInt16 {
    precondition(0..<shape.height ~= y && 0..<shape.width ~= x && 0..<shape.channels ~= channel)
    return base[(y * shape.width + x) * shape.channels + channel]
  }

  /// The bits of all values, copied, rows first, channels last.
  public var bits: [UInt16] { Array(UnsafeBufferPointer(start: base, count: shape.count)) }

  /// The first value, for kernels; valid as long as the tensor is alive.
  package var base: UnsafePointer<UInt16> { UnsafePointer(storage.halves + offset) }
}

extension Storage {
  /// Creates a storage with room for `halves` 16-bit numbers, whose values are undefined.
  package convenience init(halves: Int) { self.init(uninitialized: (halves + 1) / 2) }

  /// The first half; valid as long as the storage is alive, which holds either halves or floats.
  package var halves: UnsafeMutablePointer<UInt16> {
    UnsafeMutableRawPointer(base).assumingMemoryBound(to: UInt16.self)
  }
}
