extension CellBuffer {
  /// The same screen for a terminal that shows less: with sixteen colours or none pictures become
  /// characters of more and more ink, what is outlined in them reversed; without Unicode lines and
  /// arrows become signs of ASCII.
  ///
  /// Of few colours none is dark on the terminal's own ground: how light something is, ink says.
  public func downgraded(to capabilities: Capabilities) -> CellBuffer {
    let drawsInk = capabilities.colors < .palette256 || !capabilities.unicode
    guard drawsInk else { return self }
    var result = self
    for y in 0..<height {
      for x in 0..<width {
        let cell = self[x, y]
        if drawsInk, cell.isPicture {
          let color = capabilities.colors == .none ? nil : cell.pictureColor.brightest
          result[x, y] = Cell(
            AsciiRamp.character(at: cell.pictureLightness),
            Style(foreground: color, reverse: cell.style.bold))
          continue
        }
        var style = cell.style
        if capabilities.colors == .none { (style.foreground, style.background) = (nil, nil) }
        if capabilities.colors == .ansi16, style.background == nil {
          style.foreground = style.foreground?.brightest
        }
        let isShown = capabilities.unicode || cell.isHalf
        let glyph = isShown ? cell.glyph : Glyph(narrow: Ascii.substitute(cell.glyph.scalar))
        result[x, y] = Cell(glyph, style)
      }
    }
    return result
  }
}

extension Cell {
  /// Whether it is two pixels of a picture.
  var isPicture: Bool { (glyph == .upper || glyph == .lower) && style.foreground != nil }

  /// How light its pixels look together, 0…1.
  var pictureLightness: Double {
    let foreground = style.foreground?.lightness ?? 0
    return style.background.map { (foreground + $0.lightness) / 2 } ?? foreground / 2
  }
}

extension Cell {
  /// The colour of its pixels together.
  fileprivate var pictureColor: Color {
    let foreground = style.foreground ?? Color(0, 0, 0)
    return foreground.mixed(with: style.background ?? foreground, 0.5)
  }
}

extension Color {
  /// The same hue, as light as it can be.
  fileprivate var brightest: Color {
    let largest = Double(max(red, green, blue))
    guard largest > 0 else { return Color(255, 255, 255) }
    func scaled(_ part: UInt8) -> UInt8 { UInt8(Double(part) * 255 / largest) }
    return Color(scaled(red), scaled(green), scaled(blue))
  }
}

/// Characters of more and more ink.
public enum AsciiRamp {
  /// Ordered so that equal steps look equal: each takes about a ninth more ink of DejaVu Sans
  /// Mono's darkest sign than the one before.
  static let characters = Array(" .:-=+*#%@".unicodeScalars)

  /// The character for `position`, 0…1.
  public static func character(at position: Double) -> Unicode.Scalar {
    let last = characters.count - 1
    return characters[min(max(Int((position * Double(last)).rounded()), 0), last)]
  }
}
