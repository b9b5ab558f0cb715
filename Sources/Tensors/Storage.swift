#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A block of floats that starts on a cache line; tensors are views into one.
///
/// Whoever makes a storage may write to it until the first tensor over it is handed out; from then
/// on it only is read. That is what makes sharing it between threads sound, and the type system
/// can't see it.
public final class Storage: @unchecked Sendable {
  /// The number of floats.
  public let count: Int

  /// The first float, for kernels; valid as long as the storage is alive.
  package let base: UnsafeMutablePointer<Float>

  /// The size of a cache line, and of an AVX-512 register, in bytes.
  static let alignment = 64
  /// The size of a large page of memory, in bytes: looking one up costs as much as a small one.
  static let hugePage = 2 << 20

  /// Makes a storage of `count` floats, whose values are not defined.
  public init(uninitialized count: Int) {
    self.count = count
    let bytes = max(count, 1) * MemoryLayout<Float>.stride
    let isLarge = bytes >= Self.hugePage
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: bytes, alignment: isLarge ? Self.hugePage : Self.alignment)
    #if os(Linux)
      if isLarge { madvise(memory, bytes, MADV_HUGEPAGE) }
    #endif
    base = memory.bindMemory(to: Float.self, capacity: max(count, 1))
  }

  deinit {
    UnsafeMutableRawPointer(base).deallocate()
  }

  /// Calls `body` with the floats, for the one who made the storage to write them.
  public func withUnsafeMutableBufferPointer<Result, Failure: Error>(
    _ body: (UnsafeMutableBufferPointer<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeMutableBufferPointer(start: base, count: count))
  }
}
