import Images
import MobileNet
import Streams

/// Prepares frames as the network's input; the scaler for a frame format is kept.
struct FramePreparer {
  let preprocessing: Preprocessing
  let resolution: Resolution
  private var scaler: FrameScaler?

  init(_ preprocessing: Preprocessing, resolution: Resolution) {
    self.preprocessing = preprocessing
    self.resolution = resolution
  }

  /// Crops, resizes and normalises `frame`.
  mutating func prepare(_ frame: RawFrame) -> PreparedInput {
    let fit = preprocessing.fit(
      width: frame.format.width, height: frame.format.height, resolution: resolution)
    let scaler =
      self.scaler.flatMap { $0.format == frame.format ? $0 : nil }
      ?? FrameScaler(frame.format, box: fit.box, width: fit.width, height: fit.height)
    self.scaler = scaler
    return PreparedInput(
      scaler.pixels(of: frame), fit: fit, resolution: resolution, preprocessing: preprocessing)
  }
}

extension RawFrame {
  /// Returns the frame prepared for a network at `resolution`.
  public func prepared(_ preprocessing: Preprocessing, resolution: Resolution) -> PreparedInput {
    var preparer = FramePreparer(preprocessing, resolution: resolution)
    return preparer.prepare(self)
  }

  /// Returns the whole frame, reduced so that no side is longer than `longest` pixels.
  public func picture(longest: Int) -> Pixels {
    let (width, height) = (format.width, format.height)
    let scale = min(1, Double(longest) / Double(max(width, height)))
    let scaler = FrameScaler(
      format, box: Box(left: 0, top: 0, right: Double(width), bottom: Double(height)),
      width: max(1, Int((Double(width) * scale).rounded())),
      height: max(1, Int((Double(height) * scale).rounded())))
    return scaler.pixels(of: self)
  }
}
