import Images

/// Scales frames down to small colour pictures.
///
/// Scaling comes before the conversion to red, green and blue, so that only the small picture is
/// converted. Both steps are linear: their order affects only rounding, and colours that no screen
/// can show. The filter is that of `Pixels.resized`: a triangle as wide as two pixels, of the
/// source or the result, whichever are larger.
public struct FrameScaler: Sendable {
  /// The format of the frames.
  public let format: FrameFormat
  /// The part of the frames that is scaled, in their pixels.
  public let box: Box
  /// The number of columns of the pictures.
  public let width: Int
  /// The number of rows of the pictures.
  public let height: Int

  private let planes: [PlaneScaler]

  /// Prepares to scale the part in `box`, which must lie in the frame, of frames in `format` to
  /// pictures of `width` × `height`.
  public init(_ format: FrameFormat, box: Box, width: Int, height: Int) {
    self.format = format
    self.box = box
    self.width = width
    self.height = height
    planes = format.planes.enumerated().map { index, plane in
      var (scaleX, scaleY, shift) = (1.0, 1.0, 0.0)
      if index > 0, case .yuv(let subsampling, _) = format.layout {
        scaleX = 1 / Double(subsampling.columns)
        scaleY = 1 / Double(subsampling.rows)
        // The distance from the middle of the left pixel to the middle of all of the sample's
        // pixels, in samples.
        let columns = Double(subsampling.columns)
        shift = subsampling.liesLeft ? (columns - 1) / (2 * columns) : 0
      }
      return PlaneScaler(
        plane,
        columns: ResamplingWeights(
          sourceCount: plane.width, from: box.left * scaleX + shift,
          to: box.right * scaleX + shift, targetCount: width),
        rows: ResamplingWeights(
          sourceCount: plane.height, from: box.top * scaleY, to: box.bottom * scaleY,
          targetCount: height))
    }
  }

  /// Returns the picture of `frame`, which must have the prepared format.
  public func pixels(of frame: RawFrame) -> Pixels {
    precondition(frame.format == format)
    let scaled = planes.map { $0.scaled(frame.bytes) }
    let bytes: [UInt8] =
      switch format.layout {
      case .rgb: scaled[0]
      case .mono(let colors): Self.gray(scaled[0], colors.factors)
      case .yuv(_, let colors): Self.color(scaled[0], scaled[1], scaled[2], colors.factors)
      }
    return Pixels(width: width, height: height, bytes: bytes)
  }

  private static func gray(_ y: [UInt8], _ factors: YUVColors.Factors) -> [UInt8] {
    let neutral = [UInt8](repeating: 128, count: y.count)
    return color(y, neutral, neutral, factors)
  }

  private static func color(
    _ y: [UInt8], _ u: [UInt8], _ v: [UInt8], _ factors: YUVColors.Factors
  ) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 3 * y.count) { bytes, count in
      for place in y.indices {
        let color = factors.color(y: y[place], u: u[place], v: v[place])
        bytes[3 * place] = color.red
        bytes[3 * place + 1] = color.green
        bytes[3 * place + 2] = color.blue
      }
      count = 3 * y.count
    }
  }
}
