/// A picture that is sent as pixels, with the cells that it covers.
public struct PlacedPicture: Equatable, Sendable {
  /// The pixels.
  public let picture: PixelPicture
  /// The covered cells.
  public let area: Rect
  /// The picture's index on the screen, from 0.
  public let number: Int

  /// Compares the pixels last: a screen of many pictures compares each with the others.
  public static func == (first: Self, second: Self) -> Bool {
    first.number == second.number && first.area == second.area && first.picture == second.picture
  }

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
    [UInt8](unsafeUninitializedCapacity: 3 * picture.pixels.count) { bytes, count in
      for pixel in picture.pixels {
        let color = pixel ?? ground
        bytes[count] = color.red
        bytes[count + 1] = color.green
        bytes[count + 2] = color.blue
        count += 3
      }
    }
  }
}

extension Cell {
  /// Whether the cell shows part of a pixel picture.
  var isPlaceholder: Bool { glyph.scalar == PlacedPicture.placeholder }
}
