import CImageCodecs

/// Writes pictures as PNG files: w3.org/TR/png.
public enum PNGFile {
  /// Returns a file that holds `pixels`, 8 bits a colour.
  public static func bytes(of pixels: Pixels) throws(ImageError) -> [UInt8] {
    try bytes(of: pixels.bytes, width: pixels.width, height: pixels.height, channels: 3)
  }

  /// Returns a file that holds grey `values`, 8 bits each, row by row from the top.
  public static func bytes(
    ofGray values: [UInt8], width: Int, height: Int
  ) throws(ImageError) -> [UInt8] {
    try bytes(of: values, width: width, height: height, channels: 1)
  }

  private static func bytes(
    of values: [UInt8], width: Int, height: Int, channels: Int
  ) throws(ImageError) -> [UInt8] {
    precondition(width > 0 && height > 0 && values.count == width * height * channels)
    guard max(width, height) <= ImageLimits.side else {
      throw .notEncoded(
        reason: "\(width)×\(height) pixels, the most are \(ImageLimits.side) a side")
    }
    let size = codec_size(width: UInt32(width), height: UInt32(height), is_buffered: false)
    var report = codec_report()
    let capacity = codec_png_bound(size, Int32(channels))
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      report = codec_png_encode(
        values, size, Int32(channels), buffer.baseAddress, capacity, &count)
    }
    guard report.status == CODEC_OK else { throw .notEncoded(reason: report.words) }
    return bytes
  }
}
