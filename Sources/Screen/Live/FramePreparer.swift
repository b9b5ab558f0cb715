import Images
import MobileNet
import Streams

/// Makes the network's input of frames; what their format asks for is worked out once.
struct FramePreparer {
  let preprocessing: Preprocessing
  let resolution: Resolution
  private var scaler: FrameScaler?

  init(_ preprocessing: Preprocessing, resolution: Resolution) {
    self.preprocessing = preprocessing
    self.resolution = resolution
  }

  /// The part of `frame` that is looked at, resized, as numbers.
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
  /// What a network gets of it that wants `resolution`.
  public func prepared(_ preprocessing: Preprocessing, resolution: Resolution) -> PreparedInput {
    var preparer = FramePreparer(preprocessing, resolution: resolution)
    return preparer.prepare(self)
  }

  /// The whole frame, made smaller where a side is longer than `longest`.
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
