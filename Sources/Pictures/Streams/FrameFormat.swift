/// The size and the layout of a frame's bytes.
public struct FrameFormat: Hashable, Sendable {
  /// The allowed frames per second of a stream.
  public static let rates = 0.01...10_000

  /// The colour channels of the planes.
  public enum Layout: Hashable, Sendable {
    /// Red, green and blue of each pixel, in one plane.
    case rgb
    /// Brightness alone.
    case mono(YUVColors)
    /// Brightness, then two planes of colour differences.
    case yuv(Subsampling, YUVColors)
  }

  /// The subsampling of the planes of colour differences, and the position of their samples.
  public struct Subsampling: Hashable, Sendable {
    /// The number of pixels from left to right for one sample: 1, 2 or 4.
    public let columns: Int
    /// The number of pixels from top to bottom for one sample: 1 or 2.
    public let rows: Int
    /// Whether a sample lies on the left one of its pixels, as in MPEG-2, instead of in their
    /// middle.
    public let liesLeft: Bool
  }

  /// The number of columns.
  public let width: Int
  /// The number of rows.
  public let height: Int
  /// The colour channels of the planes.
  public let layout: Layout

  /// A part of a frame's bytes: the samples of one plane, row by row.
  struct Plane: Equatable {
    let offset: Int
    let width: Int
    let height: Int
    /// The number of values of each sample, side by side.
    let channels: Int

    var count: Int { width * height * channels }
  }

  /// The planes, in the order of the bytes.
  var planes: [Plane] {
    switch layout {
    case .rgb: return [Plane(offset: 0, width: width, height: height, channels: 3)]
    case .mono: return [Plane(offset: 0, width: width, height: height, channels: 1)]
    case .yuv(let subsampling, _):
      let columns = (width + subsampling.columns - 1) / subsampling.columns
      let rows = (height + subsampling.rows - 1) / subsampling.rows
      let pixels = width * height
      return [
        Plane(offset: 0, width: width, height: height, channels: 1),
        Plane(offset: pixels, width: columns, height: rows, channels: 1),
        Plane(offset: pixels + columns * rows, width: columns, height: rows, channels: 1),
      ]
    }
  }

  /// The size of a frame, in bytes.
  public var byteCount: Int { planes.reduce(0) { $0 + $1.count } }

  /// Returns the reason why a frame of this size is not supported; nil for one that is.
  static func problem(width: Int, height: Int) -> String? {
    let isFine = 1...largestSide ~= width && 1...largestSide ~= height
    return isFine
      ? nil : "\(width)×\(height) pixels; a side has from 1 to \(largestSide)"
  }

  /// The most columns or rows of a frame, which limits its memory to 192 MB.
  static let largestSide = 8192
}

/// One frame of a stream, before conversion.
public struct RawFrame: Sendable {
  /// The number of the frame, counted from 0.
  public var number: Int
  /// The size and the layout of `bytes`.
  public var format: FrameFormat
  /// The samples: `format.byteCount` bytes.
  public var bytes: [UInt8]

  /// Creates a frame of `bytes`, `format.byteCount` of them.
  public init(number: Int, format: FrameFormat, bytes: [UInt8]) {
    precondition(bytes.count == format.byteCount)
    self.number = number
    self.format = format
    self.bytes = bytes
  }
}
