import Files
import Foundation

/// The mean of every channel on every image, in a file because the means would fill the memory.
///
/// The file has a row of single-precision numbers per image of the list; a row that was not written
/// is zeros. `Separation` is computed from the rows.
final class ImageValues: Sendable {
  /// The path of the file.
  let path: String
  private let channels: Int
  private let descriptor: Int32

  /// Opens the file at `path`, or creates it.
  init(_ path: String, channels: Int) throws(AtlasError) {
    self.path = path
    self.channels = channels
    descriptor = open(FileName.bytes(of: path), O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw .unwritable(path, reason: "cannot be made: \(Self.problem)") }
  }

  deinit { close(descriptor) }

  /// Writes the row of `image`.
  func set(_ image: Int, _ values: [Float]) throws(AtlasError) {
    let size = channels * 4
    let written = values.withUnsafeBytes {
      pwrite(descriptor, $0.baseAddress, size, off_t(image) * off_t(size))
    }
    if written != size { throw .unwritable(path, reason: "cannot be written: \(Self.problem)") }
  }

  /// Returns the row of `image`.
  func row(_ image: Int) throws(AtlasError) -> [Float] {
    try read(image: image, channels: 0..<channels)
  }

  /// Returns the means of some channels on `image`.
  func read(image: Int, channels range: Range<Int>) throws(AtlasError) -> [Float] {
    var values = [Float](repeating: 0, count: range.count)
    let offset = off_t(image) * off_t(channels * 4) + off_t(range.lowerBound * 4)
    let count = values.withUnsafeMutableBytes {
      pread(descriptor, $0.baseAddress, $0.count, offset)
    }
    if count < 0 { throw .unreadable(path, reason: "cannot be read: \(Self.problem)") }
    return values
  }

  /// The system's reason why the last call failed.
  private static var problem: String { String(cString: strerror(errno)).lowercased() }
}
