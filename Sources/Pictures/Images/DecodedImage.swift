import CImageCodecs

/// A picture from a file: right side up, in colour, without transparency.
///
/// - JPEG: baseline and progressive, grey, colour, CMYK and YCCK. Values are the same as Pillow's.
/// - PNG: every colour type, depth and interlacing. Sixteen bits are rounded to eight. Transparent
///   pixels are blended with white, the page that most such pictures were drawn for. Colours are
///   taken as sRGB; if a file states another gamma, and has neither an sRGB chunk nor a colour
///   profile, they are converted to sRGB's.
/// - Both: the Exif orientation is applied; colour profiles are not.
public struct DecodedImage: Sendable {
  /// The file's name.
  public let name: String
  /// The file's format.
  public let format: ImageFormat
  /// The number of columns of the file's picture, right side up.
  public let width: Int
  /// The number of rows of the file's picture, right side up.
  public let height: Int
  /// The picture; smaller than the file's, where the decoder scaled it down.
  public let pixels: Pixels
  /// The decoder's warnings about errors that did not stop it; often empty.
  public let warnings: [String]
  /// The file's picture in the coordinates of `pixels`.
  private let extent: Box

  /// Reads the picture at `path`; "-" is the standard input.
  ///
  /// - Parameter side: if the picture will be resized so that its shorter side becomes no longer
  ///   than this, a large JPEG may be scaled down during decoding, which is much faster.
  public init(contentsOf path: String, forSide side: Int? = nil) throws(ImageError) {
    let name = path == "-" ? "standard input" : path
    try self.init(
      decoding: try InputFile.bytes(at: path, name: name), name: name, forSide: side)
  }

  /// Decodes the `bytes` of a file; errors call it `name`.
  public init(
    decoding bytes: [UInt8], name: String, forSide side: Int? = nil
  ) throws(ImageError) {
    guard !bytes.isEmpty else { throw .empty(file: name) }
    guard let format = ImageFormat(of: bytes) else {
      throw .notAnImage(file: name, looksLike: ImageFormat.appearance(of: bytes))
    }
    let codec = Codec(format: format, bytes: bytes, name: name)
    let size = try codec.size()
    guard let least = size.leastDenominator(format) else {
      throw .tooManyPixels(file: name, width: size.width, height: size.height)
    }
    let denominator = format == .jpeg ? max(least, Self.denominator(of: size, forSide: side)) : 1
    let (stored, warning) = try codec.decode(size: size, denominator: denominator)
    let orientation = Exif.orientation(of: bytes, format: format)

    self.name = name
    self.format = format
    warnings = warning.map { [$0] } ?? []
    (width, height) =
      orientation.swapsAxes ? (size.height, size.width) : (size.width, size.height)
    pixels = orientation.upright(stored)
    let scale = Double(denominator)
    let (scaledWidth, scaledHeight) = (Double(width) / scale, Double(height) / scale)
    // The last column and row of a scaled picture may cover a fraction of a pixel; turned, they
    // come first.
    let left = orientation.reversesX ? Double(pixels.width) - scaledWidth : 0
    let top = orientation.reversesY ? Double(pixels.height) - scaledHeight : 0
    extent = Box(left: left, top: top, right: left + scaledWidth, bottom: top + scaledHeight)
  }

  /// Resizes the part in `box`, in pixels of the file's picture, or all of it without a box.
  public func resized(width: Int, height: Int, box: Box? = nil) -> Pixels {
    let box =
      box ?? Box(left: 0, top: 0, right: Double(self.width), bottom: Double(self.height))
    let scaleX = (extent.right - extent.left) / Double(self.width)
    let scaleY = (extent.bottom - extent.top) / Double(self.height)
    return pixels.resized(
      width: width, height: height,
      box: Box(
        left: extent.left + box.left * scaleX, top: extent.top + box.top * scaleY,
        right: extent.left + box.right * scaleX, bottom: extent.top + box.bottom * scaleY))
  }

  /// Returns the denominator by which a JPEG of `size` may be scaled down during decoding.
  ///
  /// The scaled picture is at least 5.5 times as large as the result. Then the result differs from
  /// that of the whole picture by no more than two grey levels. Five times would do for photos; for
  /// fine print, a few pixels in a thousand would differ by three levels.
  private static func denominator(of size: ImageSize, forSide side: Int?) -> Int {
    guard let side else { return 1 }
    let shorter = Double(min(size.width, size.height))
    return [8, 4, 2].first { shorter >= 5.5 * Double($0) * Double(max(side, 1)) } ?? 1
  }
}

extension Pixels {
  /// Reads the picture at `path`; "-" is the standard input.
  public init(contentsOf path: String) throws(ImageError) {
    self = try DecodedImage(contentsOf: path).pixels
  }

  /// Decodes the `bytes` of a file; errors call it `name`.
  public init(decoding bytes: [UInt8], name: String) throws(ImageError) {
    self = try DecodedImage(decoding: bytes, name: name).pixels
  }
}
