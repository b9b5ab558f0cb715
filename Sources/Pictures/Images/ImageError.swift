/// An error from reading or writing a picture: the file, the fault, its place, and what was
/// expected.
public enum ImageError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file could not be read; `reason` is the system's, or states that the file is a folder or a
  /// terminal.
  case unreadable(file: String, reason: String)
  /// The file has no bytes.
  case empty(file: String)
  /// The file is neither a PNG nor a JPEG.
  case notAnImage(file: String, looksLike: String)
  /// The file has more bytes than `ImageLimits.bytes`.
  case tooManyBytes(file: String, limit: Int)
  /// The picture has more pixels than `ImageLimits` allow.
  case tooManyPixels(file: String, width: Int, height: Int)
  /// The file ends before the picture does.
  case truncated(file: String, format: ImageFormat, bytes: Int, place: String)
  /// The file begins like a picture, but then breaks the format's rules.
  case corrupt(file: String, format: ImageFormat, byte: Int, reason: String)
  /// The picture could not be written as a PNG.
  case notEncoded(reason: String)

  /// One line for a person to read.
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

/// The limits for files and pictures.
public enum ImageLimits {
  /// The most bytes of a file; a picture of `pixels` at 16 bits a colour takes no more.
  public static let bytes = 640 << 20
  /// The most pixels that are decoded, which take 300 MB of memory; a larger JPEG is scaled down
  /// during decoding, unless it comes in several scans, which take up to 600 MB more.
  public static let pixels = 100_000_000
  /// The most pixels in a row or column: the limit of the JPEG format.
  public static let side = 65_535
}
