import CImageCodecs

/// A picture from a file: right side up, in colour, without transparency.
///
/// - JPEG: baseline and progressive, grey, colour, CMYK and YCCK. Values are what Pillow makes of
///   them.
/// - PNG: every colour type, depth and interlacing. Sixteen bits are rounded to eight. Transparent
///   places are laid on white, the page that most such pictures were drawn for. Colours are taken as
///   sRGB; a file that says another gamma, and has neither an sRGB chunk nor a colour profile, is
///   brought to it.
/// - Both: the Exif orientation is applied; colour profiles are not.
public struct DecodedImage: Sendable {
  /// What the file was called.
  public let name: String
  /// What the file is.
  public let format: ImageFormat
  /// Columns of the file's picture, right side up.
  public let width: Int
  /// Rows of the file's picture, right side up.
  public let height: Int
  /// The picture; smaller than the file's, if only a smaller one was asked for.
  public let pixels: Pixels
  /// What the decoder complained about and went on all the same; often empty.
  public let warnings: [String]
  /// Where the file's picture lies in `pixels`.
  private let extent: Box

  /// Reads the picture at `path`; "-" is the standard input.
  ///
  /// - Parameter side: if the picture will be resized so that its shorter side becomes no longer
  ///   than this, a large JPEG may be scaled down while it is decoded, which is much faster.
  public init(contentsOf path: String, forSide side: Int? = nil) throws(ImageError) {
    let name = path == "-" ? "standard input" : path
    try self.init(
      decoding: try InputFile.bytes(at: path, name: name), name: name, forSide: side)
  }

  /// Decodes the `bytes` of a file, which errors call `name`.
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
    // The last column and row of a scaled picture may be part of a pixel; turned, they come first.
    let left = orientation.reversesX ? Double(pixels.width) - scaledWidth : 0
    let top = orientation.reversesY ? Double(pixels.height) - scaledHeight : 0
    extent = Box(left: left, top: top, right: left + scaledWidth, bottom: top + scaledHeight)
  }

  /// The part in `box` (everything, without one), given in pixels of the file's picture, resized.
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

  /// By how much a JPEG of `size` may be scaled down while it is decoded.
  ///
  /// What is left of it is at least 5.5 times as large as what is wanted. Then the result differs
  /// from that of the whole picture by no more than two grey levels: of photos, five times would do;
  /// of finely printed text, a few pixels in a thousand differ by three.
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

  /// Decodes the `bytes` of a file, which errors call `name`.
  public init(decoding bytes: [UInt8], name: String) throws(ImageError) {
    self = try DecodedImage(decoding: bytes, name: name).pixels
  }
}
