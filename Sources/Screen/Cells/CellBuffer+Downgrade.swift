extension CellBuffer {
  /// Returns the screen as a terminal with `capabilities` can show it.
  ///
  /// Text gets colours that can be read there. With sixteen colours or none, pictures become
  /// characters of increasing ink, with outlines reversed. Without Unicode, lines and arrows become
  /// ASCII.
  ///
  /// With few colours the lightness of a picture is shown by ink alone, so that no colour is too
  /// dark for the background.
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
  /// Returns the cell of a picture as a character with ink in proportion to its lightness, that of an
  /// outline as a block.
  fileprivate func ink(_ capabilities: Capabilities) -> Cell {
    let color: Color? =
      switch capabilities.colors {
      case .none: nil
      case .ansi16 where capabilities.scheme.isLight: pictureColor.darkInk
      case .ansi16: pictureColor.purest
      default: pictureColor.brightest.readable(on: capabilities.scheme.background, atLeast: 3)
      }
    return style.bold
      ? Cell(" ", Style(foreground: color, reverse: true))
      : Cell(AsciiRamp.character(at: pictureLightness), Style(foreground: color))
  }

  /// Returns the cell in the colours and characters of the terminal.
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

  /// Whether the cell shows two pixels of a picture; a lower half without a background ends a
  /// chart's column.
  var isPicture: Bool {
    style.foreground != nil && (glyph == .upper || glyph == .lower && style.background != nil)
  }

  /// The mean lightness of the cell's pixels, 0…1.
  var pictureLightness: Double {
    let foreground = style.foreground?.lightness ?? 0
    return style.background.map { (foreground + $0.lightness) / 2 } ?? foreground / 2
  }

  /// The mean colour of the cell's pixels.
  fileprivate var pictureColor: Color {
    let foreground = style.foreground ?? Color(0, 0, 0)
    return foreground.mixed(with: style.background ?? foreground, 0.5)
  }
}

extension Color {
  /// The same hue at full saturation and brightness; a colour that is nearly grey stays nearly
  /// grey.
  var purest: Color {
    let (least, most) = (min(red, green, blue), max(red, green, blue))
    guard most - least > most / 8 else { return brightest }
    return Color(red - least, green - least, blue - least).brightest
  }

  /// The same hue at full brightness.
  var brightest: Color {
    let largest = Double(max(red, green, blue))
    guard largest > 0 else { return Color(255, 255, 255) }
    func scaled(_ part: UInt8) -> UInt8 { UInt8(Double(part) * 255 / largest) }
    return Color(scaled(red), scaled(green), scaled(blue))
  }
}

extension Color {
  /// The ANSI colour, red or blue by how warm this colour is, that can be read on a light
  /// background; nil for greys.
  fileprivate var darkInk: Color? {
    let parts = [red, green, blue]
    guard let most = parts.max(), let least = parts.min(), most - least > most / 8 else {
      return nil
    }
    return red > blue ? Color(205, 0, 0) : Color(0, 0, 238)
  }
}

/// ASCII characters of increasing ink.
public enum AsciiRamp {
  /// Ordered so that equal steps look equal: each character has about a ninth more of the darkest
  /// one's ink than the one before, in DejaVu Sans Mono.
  static let characters = Array(" .:-=+*#%@".unicodeScalars)

  /// Returns the character for `position`, 0…1.
  public static func character(at position: Double) -> Unicode.Scalar {
    let last = characters.count - 1
    return characters[min(max(Int((position * Double(last)).rounded()), 0), last)]
  }
}
