#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A block of floats that starts on a cache line; tensors are views into one.
///
/// The creator of a storage may write to it until the first tensor over it is handed out; from then
/// on the storage is read-only. That makes sharing between threads safe, which the type system
/// cannot check.
public final class Storage: @unchecked Sendable {
  /// The number of floats.
  public let count: Int

  /// The first float, for kernels; valid as long as the storage is alive.
  package let base: UnsafeMutablePointer<Float>
  /// The memory mapping of a large block.
  private let mapped: (start: UnsafeMutableRawPointer, count: Int)?

  /// The size of a cache line, and of an AVX-512 register, in bytes.
  static let alignment = 64
  /// The size of a large page of memory, in bytes: translating its address costs as much as that of
  /// a small page.
  static let hugePage = 2 << 20

  /// Creates a storage of `count` floats, whose values are undefined.
  public init(uninitialized count: Int) {
    self.count = count
    let bytes = max(count, 1) * MemoryLayout<Float>.stride
    let memory: UnsafeMutableRawPointer
    if bytes >= Self.hugePage, let pages = Self.pages(bytes) {
      mapped = pages
      memory = pages.start.alignedUp(toMultipleOf: Self.hugePage)
    } else {
      mapped = nil
      memory = .allocate(byteCount: bytes, alignment: Self.alignment)
    }
    base = memory.bindMemory(to: Float.self, capacity: max(count, 1))
  }

  /// Returns `memory` if nothing else holds it and it has `count` floats, or else a new storage.
  package static func reusing(_ memory: inout Storage?, count: Int) -> Storage {
    if isKnownUniquelyReferenced(&memory), let memory, memory.count == count { return memory }
    return Storage(uninitialized: count)
  }

  deinit {
    if let mapped {
      munmap(mapped.start, mapped.count)
    } else {
      UnsafeMutableRawPointer(base).deallocate()
    }
  }

  /// Maps pages with room for `bytes` that begin with a large page; returns nil if the system has
  /// none.
  ///
  /// Freed pages go back to the system. The allocator would keep blocks of this size after the
  /// first is freed, until it holds far more than is used.
  private static func pages(_ bytes: Int) -> (
    start: UnsafeMutableRawPointer, count: Int
  )? {
    let count = bytes + hugePage
    let pages = mmap(nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
    guard let pages, pages != MAP_FAILED else { return nil }
    #if os(Linux)
      madvise(pages.alignedUp(toMultipleOf: hugePage), bytes, MADV_HUGEPAGE)
    #endif
    return (pages, count)
  }

  /// Calls `body` with the floats, for the storage's creator to write.
  public func withUnsafeMutableBufferPointer<Result, Failure: Error>(
    _ body: (UnsafeMutableBufferPointer<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeMutableBufferPointer(start: base, count: count))
  }
}
