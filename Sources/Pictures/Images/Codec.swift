import CImageCodecs

/// The size of a picture as its file's header states it.
struct ImageSize {
  let width: Int
  let height: Int
  /// Whether the decoder buffers the whole picture at any scale.
  let isBuffered: Bool

  /// Returns the number of pixels after dividing columns and rows by `denominator`.
  func pixels(dividedBy denominator: Int) -> Int {
    ((width + denominator - 1) / denominator) * ((height + denominator - 1) / denominator)
  }

  /// Returns the least denominator at which the picture can be decoded; nil where none is enough.
  func leastDenominator(_ format: ImageFormat) -> Int? {
    if max(width, height) > ImageLimits.side { return nil }
    let possible = format == .jpeg && !isBuffered ? [1, 2, 4, 8] : [1]
    return possible.first { pixels(dividedBy: $0) <= ImageLimits.pixels }
  }
}

/// The C decoder for a format, with its reports as errors.
struct Codec {
  let format: ImageFormat
  let bytes: [UInt8]
  let name: String

  /// Reads the size in the header.
  func size() throws(ImageError) -> ImageSize {
    var size = codec_size()
    let report =
      switch format {
      case .png: codec_png_size(bytes, bytes.count, &size)
      case .jpeg: codec_jpeg_size(bytes, bytes.count, &size)
      }
    try check(report, height: nil)
    return ImageSize(
      width: Int(size.width), height: Int(size.height), isBuffered: size.is_buffered)
  }

  /// Decodes the pixels in the file's orientation, and returns them with the decoder's first
  /// warning.
  func decode(
    size: ImageSize, denominator: Int
  ) throws(ImageError) -> (Pixels, warning: String?) {
    let width = (size.width + denominator - 1) / denominator
    let height = (size.height + denominator - 1) / denominator
    let target = codec_size(
      width: UInt32(width), height: UInt32(height), is_buffered: size.isBuffered)
    var report = codec_report()
    let pixels = [UInt8](unsafeUninitializedCapacity: 3 * width * height) { buffer, count in
      report =
        switch format {
        case .png: codec_png_decode(bytes, bytes.count, target, buffer.baseAddress)
        case .jpeg:
          codec_jpeg_decode(
            bytes, bytes.count, target, Int32(denominator), buffer.baseAddress)
        }
      count = report.status == CODEC_OK ? buffer.count : 0
    }
    try check(report, height: height)
    return (
      Pixels(width: width, height: height, bytes: pixels),
      report.warnings > 0 ? report.words : nil
    )
  }

  private func check(_ report: codec_report, height: Int?) throws(ImageError) {
    switch report.status {
    case CODEC_OK: return
    case CODEC_TRUNCATED:
      let place =
        if let height {
          report.scan > 0
            ? "in scan \(report.scan) of the picture"
            : "when \(report.rows) of \(height) rows are complete"
        } else {
          "in its header"
        }
      throw .truncated(file: name, format: format, bytes: bytes.count, place: place)
    default:
      throw .corrupt(
        file: name, format: format, byte: Int(report.offset), reason: report.words)
    }
  }
}

extension codec_report {
  /// The library's message.
  var words: String {
    withUnsafeBytes(of: message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
