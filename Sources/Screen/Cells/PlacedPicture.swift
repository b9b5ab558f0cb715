/// A picture that is sent as pixels, with the cells that it covers.
public struct PlacedPicture: Equatable, Sendable {
  /// The pixels.
  public let picture: PixelPicture
  /// The covered cells.
  public let area: Rect
  /// The picture's index on the screen, from 0.
  public let number: Int

  /// Returns the placeholder for a cell of the picture, which shows that part of the picture until
  /// it is overwritten.
  func cell(x: Int, y: Int, by way: PixelProtocol) -> Cell {
    let ground = Style(foreground: KittyGraphics.color(ofPicture: number))
    return way == .kitty
      ? Cell(Glyph(Self.placeholder, marks: KittyGraphics.marks(row: y, column: x)), ground)
      : Cell(Glyph(narrow: Self.placeholder), ground)
  }

  /// The character that stands for a part of a picture; for kitty, its placeholder.
  static let placeholder: Unicode.Scalar = "\u{10EEEE}"

  /// Returns the red, green and blue bytes of all pixels; transparent ones get the colour of
  /// `ground`.
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
  /// Whether the cell shows part of a pixel picture.
  var isPlaceholder: Bool { glyph.scalar == PlacedPicture.placeholder }
}
