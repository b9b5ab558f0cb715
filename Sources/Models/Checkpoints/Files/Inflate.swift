import CInflate
import Foundation

extension Bytes {
  /// Inflates these bytes, which must become `size` bytes.
  ///
  /// Weights hardly shrink when deflated. So a claim of a far larger size is refused before it
  /// fills the memory.
  func inflated(
    to size: Int, wrapping: CInflateWrapping, of what: String
  ) throws(ImportError) -> Bytes {
    guard size / 64 <= count + 1 << 14 else {
      throw damaged("\(what) claims to inflate from \(count) bytes to \(size)")
    }
    var target = Data(count: size)
    let isWhole = target.withUnsafeMutableBytes { target in
      withUnsafeBytes { source in
        guard let from = source.baseAddress, let to = target.baseAddress else { return size == 0 }
        return cinflate(
          from.assumingMemoryBound(to: UInt8.self), source.count,
          to.assumingMemoryBound(to: UInt8.self), target.count, wrapping) != 0
      }
    }
    guard isWhole else { throw damaged("\(what) does not inflate to \(size) bytes") }
    return Bytes(target, format: format)
  }
}
