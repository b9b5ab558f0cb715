import CImageCodecs

/// Columns and rows as a file's header claims them; within the limits.
struct ImageSize {
  let width: Int
  let height: Int
}

/// The C decoder for a format, with its reports as errors.
struct Codec {
  let format: ImageFormat
  let bytes: [UInt8]
  let name: String

  /// What the header says.
  func size() throws(ImageError) -> ImageSize {
    var size = codec_size()
    let report =
      switch format {
      case .png: codec_png_size(bytes, bytes.count, &size)
      case .jpeg: codec_jpeg_size(bytes, bytes.count, &size)
      }
    try check(report, height: nil)
    let (width, height) = (Int(size.width), Int(size.height))
    guard max(width, height) <= ImageLimits.side, width * height <= ImageLimits.pixels else {
      throw .tooManyPixels(file: name, width: width, height: height)
    }
    return ImageSize(width: width, height: height)
  }

  /// The pixels as they are stored, and the decoder's first warning.
  func decode(
    size: ImageSize, denominator: Int
  ) throws(ImageError) -> (Pixels, warning: String?) {
    let width = (size.width + denominator - 1) / denominator
    let height = (size.height + denominator - 1) / denominator
    let target = codec_size(width: UInt32(width), height: UInt32(height))
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
  /// The library's words.
  var words: String {
    withUnsafeBytes(of: message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
