import Images
import Tensors

/// An explanation laid over the photo as the network sees it.
public enum ExplanationPicture {
  /// The colours of attributions above and below zero.
  private static let (warm, cool) = ((255, 120, 0), (0, 120, 255))

  /// Returns `photo`, the network's input as pixels, in grey, with `map` over it in colour.
  ///
  /// Colours are full at the 99th percentile of the magnitudes, so that outliers do not hide the
  /// rest.
  public static func pixels(_ map: Plane, over photo: Pixels) -> Pixels {
    let parts = map.resized(height: photo.height, width: photo.width).values
    let magnitudes = parts.map(\.magnitude).filter(\.isFinite).sorted()
    let most = magnitudes.isEmpty ? 0 : magnitudes[(magnitudes.count - 1) * 99 / 100]
    let limit = max(most, .leastNormalMagnitude)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(photo.bytes.count)
    for (index, part) in parts.enumerated() {
      let pixel = photo.bytes[3 * index..<3 * index + 3].map { Float($0) }
      let grey = 0.6 * (0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2])
      let share = part.isFinite ? min(part.magnitude / limit, 1) : 0
      let color = part < 0 ? cool : warm
      for channel in [color.0, color.1, color.2] {
        bytes.append(UInt8(grey * (1 - share) + Float(channel) * share))
      }
    }
    return Pixels(width: photo.width, height: photo.height, bytes: bytes)
  }
}
