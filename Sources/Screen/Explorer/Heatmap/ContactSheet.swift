import Images
import Tensors

/// All channels of a tensor side by side in one grey picture, each scaled from black to white.
public struct ContactSheet {
  /// The picture; one black pixel separates the channels.
  public let pixels: Pixels

  /// Arranges the channels of `tensor` in the rows of a near square.
  public init(_ tensor: Tensor) {
    guard tensor.shape.places > 1 else {
      let map = ActivationMap(tensor, channel: 0)
      pixels = Self.picture([map.plane], columns: 1)
      return
    }
    let planes = (0..<tensor.shape.channels).map { tensor.plane($0) }
    var columns = 1
    while columns * columns < planes.count { columns += 1 }
    pixels = Self.picture(planes, columns: columns)
  }

  private static func picture(_ planes: [Plane], columns: Int) -> Pixels {
    let (width, height) = (planes[0].width + 1, planes[0].height + 1)
    let rows = (planes.count + columns - 1) / columns
    let (totalWidth, totalHeight) = (columns * width - 1, rows * height - 1)
    var bytes = [UInt8](repeating: 0, count: 3 * totalWidth * totalHeight)
    for (index, plane) in planes.enumerated() {
      let range = Statistics(plane.values)
      let lowest = Double(range.minimum)
      let span = Double(range.maximum) - lowest
      let (left, top) = (index % columns * width, index / columns * height)
      for y in 0..<plane.height {
        for x in 0..<plane.width where plane[y, x].isFinite && span > 0 {
          let grey = UInt8(((Double(plane[y, x]) - lowest) / span * 255).rounded())
          let place = 3 * ((top + y) * totalWidth + left + x)
          bytes.replaceSubrange(place..<place + 3, with: [grey, grey, grey])
        }
      }
    }
    return Pixels(width: totalWidth, height: totalHeight, bytes: bytes)
  }
}
