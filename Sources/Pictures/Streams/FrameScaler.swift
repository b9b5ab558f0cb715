import Images

/// Makes small colour pictures of large frames.
///
/// Planes are reduced first and become red, green and blue afterwards, so that of a large frame only
/// what is needed is converted. Both steps are linear: the order matters only to rounding, and to
/// colours that no screen can show. The filter is that of `Pixels.resized`: a triangle as wide as
/// two pixels, of the source or the result, whichever are larger.
public struct FrameScaler: Sendable {
  /// The frames that it takes.
  public let format: FrameFormat
  /// The part of them that is wanted, in their pixels.
  public let box: Box
  /// Columns of the pictures that it makes.
  public let width: Int
  /// Rows of the pictures that it makes.
  public let height: Int

  private let planes: [PlaneScaler]

  /// Prepares to make pictures of `width` × `height` of the part in `box`, which must lie in the
  /// frame, of frames in `format`.
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
        // The middle of the left pixel is that much of a sample before the middle of all of its pixels.
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

  /// The picture of `frame`, which must have the format that was prepared for.
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
