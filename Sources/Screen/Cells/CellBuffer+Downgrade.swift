extension CellBuffer {
  /// The same screen for a terminal that shows as much as `capabilities`: text gets the colours that
  /// can be read there; with sixteen colours or none pictures become characters of more and more
  /// ink, what is outlined in them reversed; without Unicode lines and arrows become signs of ASCII.
  ///
  /// Of few colours none is dark on the terminal's own ground: how light something is, ink says.
  public func downgraded(to capabilities: Capabilities) -> CellBuffer {
    var result = self
    let scheme = isReadFromFar ? capabilities.scheme.fromFar : capabilities.scheme
    let tones = Tone.allCases.map { scheme.color(of: $0, capabilities.colors) }
    for y in 0..<height {
      for x in 0..<width {
        let cell = self[x, y]
        if capabilities.drawsInk, cell.isPicture {
          result[x, y] = cell.ink(capabilities)
        } else {
          result[x, y] = cell.shown(capabilities, tones)
        }
      }
    }
    return result
  }
}

extension Cell {
  /// A cell of a picture as a character of as much ink as it is light.
  fileprivate func ink(_ capabilities: Capabilities) -> Cell {
    let color: Color? =
      switch capabilities.colors {
      case .none: nil
      case .ansi16 where capabilities.scheme.isLight: pictureColor.darkInk
      case .ansi16: pictureColor.purest
      default: pictureColor.brightest.readable(on: capabilities.scheme.background, atLeast: 3)
      }
    return Cell(
      AsciiRamp.character(at: pictureLightness), Style(foreground: color, reverse: style.bold))
  }

  /// The cell in the colours and signs that there are.
  fileprivate func shown(_ capabilities: Capabilities, _ tones: [Color?]) -> Cell {
    var style = style
    if let tone = style.tone {
      style.foreground = tones[tone.rawValue]
      style.dim = tone == .quiet && capabilities.colors == .none
      style.tone = nil
    } else if capabilities.colors == .ansi16, style.background == nil {
      style.foreground = style.foreground.flatMap {
        capabilities.scheme.isLight ? $0.darkInk : $0.brightest
      }
    }
    if capabilities.colors == .none {
      (style.foreground, style.background) = (nil, nil)
    } else if let ink = capabilities.scheme.ink {
      style.foreground = style.foreground ?? ink
      style.background = style.background ?? capabilities.scheme.background
    }
    let isShown = capabilities.unicode || isHalf
    return Cell(isShown ? glyph : Glyph(narrow: Ascii.substitute(glyph.scalar)), style)
  }

  /// Whether it is two pixels of a picture; the end of a column has a lower half alone.
  var isPicture: Bool {
    style.foreground != nil && (glyph == .upper || glyph == .lower && style.background != nil)
  }

  /// How light its pixels look together, 0…1.
  var pictureLightness: Double {
    let foreground = style.foreground?.lightness ?? 0
    return style.background.map { (foreground + $0.lightness) / 2 } ?? foreground / 2
  }

  /// The colour of its pixels together.
  fileprivate var pictureColor: Color {
    let foreground = style.foreground ?? Color(0, 0, 0)
    return foreground.mixed(with: style.background ?? foreground, 0.5)
  }
}

extension Color {
  /// The same hue, as far from grey as it can be; what is nearly grey stays so.
  fileprivate var purest: Color {
    let (least, most) = (min(red, green, blue), max(red, green, blue))
    guard most - least > most / 8 else { return brightest }
    return Color(red - least, green - least, blue - least).brightest
  }

  /// The same hue, as light as it can be.
  var brightest: Color {
    let largest = Double(max(red, green, blue))
    guard largest > 0 else { return Color(255, 255, 255) }
    func scaled(_ part: UInt8) -> UInt8 { UInt8(Double(part) * 255 / largest) }
    return Color(scaled(red), scaled(green), scaled(blue))
  }
}

extension Color {
  /// Red or blue, of ANSI's colours those that are read on a light ground, by how warm it is; nil for
  /// greys.
  fileprivate var darkInk: Color? {
    let parts = [red, green, blue]
    guard let most = parts.max(), let least = parts.min(), most - least > most / 8 else {
      return nil
    }
    return red > blue ? Color(205, 0, 0) : Color(0, 0, 238)
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
