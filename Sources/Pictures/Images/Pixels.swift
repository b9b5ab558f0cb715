/// A colour picture in memory, 8 bits of red, green and blue to a pixel, in sRGB.
public struct Pixels: Hashable, Sendable {
  /// The number of columns.
  public let width: Int
  /// The number of rows.
  public let height: Int
  /// Red, green and blue of each pixel, row by row from the top: height × width × 3 bytes.
  public let bytes: [UInt8]

  /// Creates a picture from its `bytes`, height × width × 3.
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

  /// Returns the part of the picture in `columns` and `rows`, neither of which may be empty.
  public func part(columns: Range<Int>, rows: Range<Int>) -> Pixels {
    let parts = rows.map { row in
      bytes[3 * (row * width + columns.lowerBound)..<3 * (row * width + columns.upperBound)]
    }
    return Pixels(width: columns.count, height: rows.count, bytes: Array(parts.joined()))
  }
}

/// A colour, 0…255 in each channel.
public struct Pixel: Hashable, Sendable {
  /// The red channel, 0…255.
  public let red: UInt8
  /// The green channel, 0…255.
  public let green: UInt8
  /// The blue channel, 0…255.
  public let blue: UInt8

  /// Creates a colour from its channels.
  public init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }
}

/// A rectangle of a picture, in pixels; edges need not fall between two pixels.
public struct Box: Hashable, Sendable {
  /// The left edge's distance from the left of the picture.
  public let left: Double
  /// The upper edge's distance from the top of the picture.
  public let top: Double
  /// The right edge's distance from the left of the picture.
  public let right: Double
  /// The lower edge's distance from the top of the picture.
  public let bottom: Double

  /// Creates a box from its edges.
  public init(left: Double, top: Double, right: Double, bottom: Double) {
    self.left = left
    self.top = top
    self.right = right
    self.bottom = bottom
  }
}
