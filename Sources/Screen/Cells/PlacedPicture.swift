/// A picture that is sent as pixels, and the cells that it covers.
public struct PlacedPicture: Equatable, Sendable {
  /// The pixels.
  public let picture: PixelPicture
  /// The cells.
  public let area: Rect
  /// Which picture of the screen it is, from 0.
  public let number: Int

  /// What stands in a cell under the picture while nothing is drawn over it.
  func cell(x: Int, y: Int, by way: PixelProtocol) -> Cell {
    let ground = Style(foreground: KittyGraphics.color(ofPicture: number))
    return way == .kitty
      ? Cell(Glyph(Self.placeholder, marks: KittyGraphics.marks(row: y, column: x)), ground)
      : Cell(Glyph(narrow: Self.placeholder), ground)
  }

  /// The character that stands for a part of a picture.
  static let placeholder: Unicode.Scalar = "\u{10EEEE}"

  /// Its pixels, red, green and blue, on `ground` where nothing is drawn.
  public func bytes(on ground: Color) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(3 * picture.pixels.count)
    for pixel in picture.pixels {
      let color = pixel ?? ground
      bytes.append(color.red)
      bytes.append(color.green)
      bytes.append(color.blue)
    }
    return bytes
  }
}

extension Cell {
  /// Whether a picture of pixels shows here.
  var isPlaceholder: Bool { glyph.scalar == PlacedPicture.placeholder }
}
