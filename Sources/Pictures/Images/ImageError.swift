/// Why there is no picture: says which file, what is wrong, where, and what was expected.
public enum ImageError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file could not be read; `reason` is the system's, or that it is a folder or a terminal.
  case unreadable(file: String, reason: String)
  /// There is not a single byte.
  case empty(file: String)
  /// The file is something else than a PNG or a JPEG.
  case notAnImage(file: String, looksLike: String)
  /// More bytes than are read.
  case tooManyBytes(file: String, limit: Int)
  /// More pixels than are decoded.
  case tooManyPixels(file: String, width: Int, height: Int)
  /// The file ends before the picture does.
  case truncated(file: String, format: ImageFormat, bytes: Int, place: String)
  /// The file begins like a picture, but then breaks the format's rules.
  case corrupt(file: String, format: ImageFormat, byte: Int, reason: String)
  /// The picture could not be written as a PNG.
  case notEncoded(reason: String)

  /// One line.
  public var description: String {
    switch self {
    case .unreadable(let file, let reason):
      "\(file): \(reason)"
    case .empty(let file):
      "\(file): is empty, expected a PNG or JPEG file"
    case .notAnImage(let file, let looksLike):
      "\(file): not a PNG or JPEG picture: it looks like \(looksLike)"
    case .tooManyBytes(let file, let limit):
      "\(file): larger than \(limit >> 20) MB, which is the most that is read of a picture"
    case .tooManyPixels(let file, let width, let height):
      "\(file): the picture claims \(width)×\(height) pixels; the most are "
        + "\(ImageLimits.pixels / 1_000_000) megapixels and \(ImageLimits.side) on a side"
    case .truncated(let file, let format, let bytes, let place):
      "\(file): the \(format) picture is cut off: the file ends after \(bytes) bytes, \(place)"
    case .corrupt(let file, let format, let byte, let reason):
      "\(file): the \(format) picture is damaged at byte \(byte): \(reason)"
    case .notEncoded(let reason):
      "the picture could not be written as a PNG: \(reason)"
    }
  }
}

/// The largest files and pictures that are read.
public enum ImageLimits {
  /// The most bytes of a file: a picture of `pixels` at 16 bits a colour takes no more.
  public static let bytes = 640 << 20
  /// The most pixels that are decoded, which take 300 MB of memory; a JPEG of more is made smaller
  /// while it is decoded, unless it comes in several scans, which take up to 600 MB more.
  public static let pixels = 100_000_000
  /// The most pixels in a row or column, which is the most that a JPEG can have.
  public static let side = 65_535
}
