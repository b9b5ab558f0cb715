import Files
import Foundation

/// A safetensors file of plain arrays, for files that are not, or not only, a checkpoint.
public struct ArrayFile: Sendable {
  /// The supported number types.
  public enum Scalar: String, Sendable {
    /// 32-bit floats.
    case float32 = "F32"
    /// 16-bit floats.
    case float16 = "F16"
    /// 32-bit integers.
    case int32 = "I32"
    /// 64-bit integers.
    case int64 = "I64"

    /// The size of a number, in bytes.
    var size: Int {
      switch self {
      case .float16: 2
      case .float32, .int32: 4
      case .int64: 8
      }
    }
  }

  /// An array's entry in the file's header.
  public struct Entry: Hashable, Sendable {
    /// The name, unique in the file.
    public let name: String
    /// The type of the numbers.
    public let type: Scalar
    /// The sizes of the axes, the last axis fastest.
    public let shape: [Int]

    /// Creates an entry from its name, type and shape.
    public init(_ name: String, _ type: Scalar, _ shape: [Int]) {
      self.name = name
      self.type = type
      self.shape = shape
    }

    /// The size of the numbers, in bytes.
    public var byteCount: Int { shape.reduce(type.size, *) }
  }

  /// The strings under `__metadata__`.
  public let metadata: [String: String]
  private let path: String
  private let file: SafetensorsFile

  /// Opens the file at `path`; arrays are read on demand.
  public init(path: String) throws(CheckpointFileError) {
    do throws(ImportError) {
      let opened = try CheckpointFile(path: path)
      guard !opened.isFolder else { throw .unreadable("is a directory") }
      let bytes = opened.bytes(format: SafetensorsFile.formatName)
      guard SafetensorsFile.recognizes(bytes) else {
        throw .unknownFormat(
          looksLike: Appearance.of(opened), known: [SafetensorsFile.formatName])
      }
      file = try SafetensorsFile(bytes)
      metadata = file.metadata
      self.path = path
    } catch {
      throw CheckpointFileError(path: path, reason: error)
    }
  }

  /// Whether there is an array called `name`.
  public func has(_ name: String) -> Bool { file.tensors[name] != nil }

  /// Returns the shape of the array called `name`; nil when there is none.
  public func shape(of name: String) -> [Int]? { file.tensors[name]?.shape }

  /// Reads the numbers of the array called `name`, which must have this shape and numbers as wide
  /// as `Number`.
  public func numbers<Number: BitwiseCopyable & Sendable>(
    _ name: String, _ type: Number.Type = Number.self, shape: [Int]
  ) throws(CheckpointFileError) -> [Number] {
    try numbers(name, shape: shape, range: 0..<(shape.checkedProduct ?? 0))
  }

  /// Reads one row of the array called `name`, which must have this shape.
  public func row<Number: BitwiseCopyable & Sendable>(
    _ index: Int, of name: String, _ type: Number.Type = Number.self, shape: [Int]
  ) throws(CheckpointFileError) -> [Number] {
    let width = shape.dropFirst().reduce(1, *)
    return try numbers(name, shape: shape, range: index * width..<(index + 1) * width)
  }

  private func numbers<Number: BitwiseCopyable & Sendable>(
    _ name: String, shape: [Int], range: Range<Int>
  ) throws(CheckpointFileError) -> [Number] {
    do throws(ImportError) {
      guard let tensor = file.tensors[name] else {
        throw .damaged(format: SafetensorsFile.formatName, problem: "\(name) is missing")
      }
      let size = MemoryLayout<Number>.size
      let bytes = try tensor.contents()
      guard tensor.shape == shape, bytes.count == shape.reduce(size, *) else {
        throw .damaged(
          format: SafetensorsFile.formatName,
          problem: "\(name) is \(tensor.shape), expected \(shape) of \(size) bytes each")
      }
      return bytes.withUnsafeBytes { bytes in
        range.map { bytes.loadUnaligned(fromByteOffset: $0 * size, as: Number.self) }
      }
    } catch {
      throw CheckpointFileError(path: path, reason: error)
    }
  }

  /// Writes a file of `entries` to `path`, and replaces an existing file only when everything is
  /// written.
  ///
  /// `body` receives a function that appends the numbers of one entry after another, in pieces of
  /// any size. Rethrows errors of `body`.
  public static func write(
    _ entries: [Entry], metadata: [String: String], to path: String,
    body: (_ append: (UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    let header = try SafetensorsFile.header(entries, metadata: metadata)
    do {
      let file = try WholeFile(at: path)
      try header.withUnsafeBytes { bytes in try file.append(bytes) }
      var count = 0
      try body { bytes in
        count += bytes.count
        try file.append(bytes)
      }
      precondition(count == entries.reduce(0) { $0 + $1.byteCount }, "all that was announced")
      try file.finish()
    } catch let error as POSIXError {
      throw CheckpointFileError(path: path, reason: .unwritable(error.reason))
    }
  }
}
