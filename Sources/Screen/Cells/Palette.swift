/// Colours of terminals that have fewer than all.
extension Color {
  /// The number of the nearest of xterm's 256 colours, without the first sixteen, which people
  /// redefine.
  public var palette256: Int {
    func level(_ value: UInt8) -> Int { value < 48 ? 0 : value < 115 ? 1 : (Int(value) - 35) / 40 }
    let cube = (level(red), level(green), level(blue))
    let cubeIndex = 16 + 36 * cube.0 + 6 * cube.1 + cube.2
    let mean = (Int(red) + Int(green) + Int(blue)) / 3
    let greyIndex = 232 + min(max((mean - 3) / 10, 0), 23)
    return distance(to: Self.palette256(greyIndex)) < distance(to: Self.palette256(cubeIndex))
      ? greyIndex : cubeIndex
  }

  /// Returns colour `index` of xterm's 256; the first sixteen are those of `ansi`.
  public static func palette256(_ index: Int) -> Color {
    switch index {
    case ..<16: return ansi[max(index, 0)]
    case ..<232:
      func level(_ step: Int) -> UInt8 { UInt8(step == 0 ? 0 : 55 + 40 * step) }
      let cube = index - 16
      return Color(level(cube / 36), level(cube / 6 % 6), level(cube % 6))
    default:
      let grey = UInt8(8 + 10 * min(index - 232, 23))
      return Color(grey, grey, grey)
    }
  }

  /// The number of the nearest of the sixteen ANSI colours.
  public var ansi16: Int { ansi(count: 16) }

  /// Returns the number of the nearest of the first `count` ANSI colours, eight or sixteen.
  public func ansi(count: Int) -> Int {
    Self.ansi.indices.prefix(count).min {
      distance(to: Self.ansi[$0]) < distance(to: Self.ansi[$1])
    } ?? 0
  }

  /// xterm's defaults for the sixteen ANSI colours.
  static let ansi: [Color] = [
    Color(0, 0, 0), Color(205, 0, 0), Color(0, 205, 0), Color(205, 205, 0), Color(0, 0, 238),
    Color(205, 0, 205), Color(0, 205, 205), Color(229, 229, 229), Color(127, 127, 127),
    Color(255, 0, 0), Color(0, 255, 0), Color(255, 255, 0), Color(92, 92, 255),
    Color(255, 0, 255), Color(0, 255, 255), Color(255, 255, 255),
  ]

  /// Returns the perceived difference of two colours: squared distance, weighted by the eye's
  /// sensitivity.
  func distance(to other: Color) -> Int {
    let red = Int(self.red) - Int(other.red)
    let green = Int(self.green) - Int(other.green)
    let blue = Int(self.blue) - Int(other.blue)
    return 2 * red * red + 4 * green * green + 3 * blue * blue
  }

  /// The lightness, 0…1 (ITU-R BT.709's weights on the coded values).
  @inlinable
  public var lightness: Double {
    (0.2126 * Double(red) + 0.7152 * Double(green) + 0.0722 * Double(blue)) / 255
  }
}
