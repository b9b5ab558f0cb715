/// A colour picture in memory, 8 bits of red, green and blue to a pixel, in sRGB.
public struct Pixels: Hashable, Sendable {
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Red, green and blue of each pixel, row by row from the top: height × width × 3 bytes.
  public let bytes: [UInt8]

  /// A picture of `bytes`, of which there must be height × width × 3.
  public init(width: Int, height: Int, bytes: [UInt8]) {
    precondition(width > 0 && height > 0 && bytes.count == 3 * width * height)
    self.width = width
    self.height = height
    self.bytes = bytes
  }

  /// The pixel in column `x` and row `y`, counted from the upper left.
  public subscript(x: Int, y: Int) -> Pixel {
    let place = 3 * (y * width + x)
    return Pixel(red: bytes[place], green: bytes[place + 1], blue: bytes[place + 2])
  }
}

/// A colour, 0…255 each.
public struct Pixel: Hashable, Sendable {
  /// How much red.
  public let red: UInt8
  /// How much green.
  public let green: UInt8
  /// How much blue.
  public let blue: UInt8

  /// The colour that these three make.
  public init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }
}

/// A part of a picture, in its pixels; edges need not fall between two of them.
public struct Box: Hashable, Sendable {
  /// Where it begins, from the left edge of the picture.
  public let left: Double
  /// Where it begins, from the upper edge of the picture.
  public let top: Double
  /// Where it ends, from the left edge of the picture.
  public let right: Double
  /// Where it ends, from the upper edge of the picture.
  public let bottom: Double

  /// The part between these edges.
  public init(left: Double, top: Double, right: Double, bottom: Double) {
    self.left = left
    self.top = top
    self.right = right
    self.bottom = bottom
  }
}
