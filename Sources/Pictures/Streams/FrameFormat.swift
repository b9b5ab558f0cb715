/// How the bytes of a frame are to be understood.
public struct FrameFormat: Hashable, Sendable {
  /// The most frames a second that a stream can have.
  public static let rates = 0.01...10_000

  /// What lies in the planes.
  public enum Layout: Hashable, Sendable {
    /// Red, green and blue of each pixel, in one plane.
    case rgb
    /// Brightness alone.
    case mono(YUVColors)
    /// Brightness, then two planes of colour differences.
    case yuv(Subsampling, YUVColors)
  }

  /// How much smaller the planes of colour differences are, and where their samples lie.
  public struct Subsampling: Hashable, Sendable {
    /// Pixels from left to right for one sample: 1, 2 or 4.
    public let columns: Int
    /// Pixels from top to bottom for one sample, 1 or 2.
    public let rows: Int
    /// Whether a sample lies on the left one of its pixels, as in MPEG-2, instead of in their middle.
    public let liesLeft: Bool
  }

  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int
  /// What lies in the planes.
  public let layout: Layout

  /// A part of a frame's bytes: the samples of one plane, row by row.
  struct Plane: Equatable {
    let offset: Int
    let width: Int
    let height: Int
    /// Values that lie side by side for each sample.
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

  /// The bytes of a frame.
  public var byteCount: Int { planes.reduce(0) { $0 + $1.count } }

  /// Why a frame of this size is not read; nil for one that is.
  static func problem(width: Int, height: Int) -> String? {
    let isFine = 1...largestSide ~= width && 1...largestSide ~= height
    return isFine
      ? nil : "\(width)×\(height) pixels; a side has from 1 to \(largestSide)"
  }

  /// The most columns or rows of a frame, which bounds its memory to 192 MB.
  static let largestSide = 8192
}

/// One picture of a stream, as it came.
public struct RawFrame: Sendable {
  /// Counted from 0 for the stream's first.
  public var number: Int
  /// How `bytes` are to be understood.
  public var format: FrameFormat
  /// `format.byteCount` bytes.
  public var bytes: [UInt8]

  /// A frame of `bytes`, of which there must be as many as `format` says.
  public init(number: Int, format: FrameFormat, bytes: [UInt8]) {
    precondition(bytes.count == format.byteCount)
    self.number = number
    self.format = format
    self.bytes = bytes
  }
}
