import Images
import MobileNet
import Tensors

/// Makes pictures of one thing on different grounds out of photos: an ellipse of the thing, small
/// and at a random position, on a ground that continues in mirror images.
public struct BackgroundPictures: Sendable {
  /// A picture, and the position of the thing in it.
  public struct Picture: Sendable {
    /// The pixels of the picture.
    public let pixels: Pixels
    /// The columns that the thing covers.
    public let columns: Range<Int>
    /// The rows that the thing covers.
    public let rows: Range<Int>
  }

  /// A thing in a photo: an ellipse.
  public struct Thing: Sendable {
    let pixels: Pixels

    /// Takes the ellipse around column `x` and row `y` of `photo`, with the radii `radiusX` and
    /// `radiusY`, all as shares of the photo's width and height.
    public init(in photo: Pixels, x: Double, y: Double, radiusX: Double, radiusY: Double) {
      let (width, height) = (Double(photo.width), Double(photo.height))
      let size = (Int(2 * radiusX * width), Int(2 * radiusY * height))
      pixels = photo.resized(
        width: max(size.0, 1), height: max(size.1, 1),
        box: Box(
          left: (x - radiusX) * width, top: (y - radiusY) * height, right: (x + radiusX) * width,
          bottom: (y + radiusY) * height))
    }
  }

  private let size: Resolution
  private var random: SplitMix64

  /// Makes pictures of `size`, the same ones for the same `seed`.
  public init(size: Resolution, seed: UInt64) {
    self.size = size
    random = SplitMix64(seed: seed)
  }

  /// Returns the next picture of `thing` on `ground`.
  public mutating func next(_ thing: Thing, on ground: Pixels) -> Picture {
    let (left, top) = (
      Int.random(in: 0..<2 * ground.width, using: &random),
      Int.random(in: 0..<2 * ground.height, using: &random)
    )
    let side = min(size.height, size.width)
    let width = Int(Double(side) * Double.random(in: 0.22...0.34, using: &random))
    let height = max(1, width * thing.pixels.height / thing.pixels.width)
    let small = thing.pixels.resized(width: max(1, width), height: height)
    let margin = side / 11
    let x = Int.random(in: margin...max(margin, size.width - margin - width), using: &random)
    let y = Int.random(in: margin...max(margin, size.height - margin - height), using: &random)
    var bytes = [UInt8](repeating: 0, count: 3 * size.height * size.width)
    for row in 0..<size.height {
      for column in 0..<size.width {
        let isInside =
          (x..<x + width).contains(column) && (y..<y + height).contains(row)
          && Self.isInEllipse(column - x, row - y, width, height)
        let pixel =
          isInside
          ? small[column - x, row - y]
          : ground[
            Self.mirrored(left + column, ground.width), Self.mirrored(top + row, ground.height)]
        let place = 3 * (row * size.width + column)
        (bytes[place], bytes[place + 1], bytes[place + 2]) = (pixel.red, pixel.green, pixel.blue)
      }
    }
    return Picture(
      pixels: Pixels(width: size.width, height: size.height, bytes: bytes),
      columns: x..<min(x + width, size.width), rows: y..<min(y + height, size.height))
  }

  /// Whether the middle of a pixel lies in the ellipse that fills `width` × `height`.
  private static func isInEllipse(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> Bool {
    let across = (2 * Double(x) + 1) / Double(width) - 1
    let down = (2 * Double(y) + 1) / Double(height) - 1
    return across * across + down * down <= 1
  }

  /// Returns the index within 0..<`count` that `index` falls on where the range continues mirrored.
  private static func mirrored(_ index: Int, _ count: Int) -> Int {
    let place = index % (2 * count)
    return place < count ? place : 2 * count - 1 - place
  }
}
