import Foundation
import Testing

@testable import Cells

/// Colours where there are 256 or sixteen.
@Suite struct RampTests {
  /// L* of CIE 1976 for an sRGB colour (IEC 61966-2-1), from the definitions.
  static func lightness(_ color: Color) -> Double {
    let linear = [color.red, color.green, color.blue].map { part -> Double in
      let value = Double(part) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    let y = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return y > pow(6.0 / 29, 3) ? 116 * cbrt(y) - 16 : y * pow(29.0 / 3, 3)
  }

  @Test(arguments: [ColorMap.viridis, .magma, .grey])
  func largerValuesAreNeverDarker(map: ColorMap) {
    var last = Self.lightness(map.color(at: 0, .palette256))
    var colors = 1
    for step in 1...1000 {
      let color = map.color(at: Double(step) / 1000, .palette256)
      #expect(Color.palette256(color.palette256) == color)
      let lightness = Self.lightness(color)
      if map.color(at: Double(step - 1) / 1000, .palette256) != color {
        #expect(lightness > last)
        colors += 1
      }
      last = lightness
    }
    #expect(colors >= 12)
    let all = (0...64).map { Self.lightness(map.color(at: Double($0) / 64, .trueColor)) }
    #expect(zip(all, all.dropFirst()).allSatisfy { $0 < $1 })
    #expect(Self.lightness(map.color(at: 0, .palette256)) < 1 && last > 90)
    // The table itself, from which a position takes the step of its lightness.
    let lights = map.colors256().map(Self.lightness)
    #expect(zip(lights, lights.dropFirst()).allSatisfy { $0 < $1 })
  }

  /// Either sign goes away from the ground, and zero can still be told from it.
  @Test(arguments: [false, true], [Capabilities.ColorDepth.palette256, .trueColor])
  func aSignIsWarmOrCoolAndZeroIsNearTheGround(onLight: Bool, depth: Capabilities.ColorDepth) {
    let steps = (0...100).map {
      ColorMap.diverging.color(at: Double($0) / 100, depth, onLight: onLight)
    }
    let away = steps.map { onLight ? 100 - Self.lightness($0) : Self.lightness($0) }
    #expect(zip(away[0...49], away[1...50]).allSatisfy { $0 >= $1 })
    #expect(zip(away[50...99], away[51...100]).allSatisfy { $0 <= $1 })
    #expect(away[50] > 5 && away[50] < 20)
    #expect(away[0] > 55 && away[100] > 55 && abs(away[0] - away[100]) < 6)
    #expect(steps[0...40].allSatisfy { $0.blue > $0.red })
    #expect(steps[60...100].allSatisfy { $0.red > $0.blue })
    #expect(Set([steps[50].red, steps[50].green, steps[50].blue]).count <= 2)
  }

  /// A flat colour is mixed of dots as high as wide, not of whole cells, which look like stripes; on the
  /// whole no column, and no part, is lighter than it.
  @Test(arguments: [GlyphSet.half, .sextants])
  func aDitheredFlatColourHasNoStripes(glyphs: GlyphSet) {
    for color in [Color(110, 130, 70), Color(75, 95, 40), Color(150, 120, 100), Color(20, 45, 70)] {
      let density = glyphs.density
      var picture = PixelPicture(
        width: 32 * density.width, height: 16 * density.height, density: density)
      picture.rendering = .dithered
      picture.fill { _, _ in color }
      var cells = CellBuffer(size: Size(width: 32, height: 16))
      cells.capabilities.colors = .palette256
      cells.capabilities.glyphs = glyphs
      cells.draw(picture, x: 0, y: 0)
      func halves(_ x: Int, _ y: Int) -> [Color] {
        [cells[x, y].style.foreground, cells[x, y].style.background].compactMap(\.self)
      }
      func mean(_ columns: Range<Int>, _ rows: Range<Int>) -> Double {
        let lights = rows.flatMap { y in
          columns.flatMap { x in halves(x, y).map(\.lightness) }
        }
        return lights.reduce(0, +) / Double(max(1, lights.count))
      }
      let mixed = (0..<16 * 32).count { Set(halves($0 % 32, $0 / 32)).count == 2 }
      #expect(mixed > 16 * 32 / 2, "\(color), \(glyphs)")
      for x in 0..<32 {
        #expect(abs(mean(x..<x + 1, 0..<16) - color.lightness) < 0.04, "\(color), column \(x)")
      }
      for (x, y) in [(0, 0), (8, 4), (16, 8), (28, 12)] {
        #expect(abs(mean(x..<x + 4, y..<y + 4) - color.lightness) < 0.03)
      }
    }
  }

  /// Colours are kept on average, of weak ones the lightness.
  @Test(arguments: [UInt8(200), 90])
  func aDitheredPictureIsAsLightAsThePhoto(blue: UInt8) {
    var picture = PixelPicture(width: 64, height: 64)
    picture.rendering = .dithered
    picture.fill { x, _ in Color(UInt8(2 * x), UInt8(60 + x), blue) }
    var cells = CellBuffer(size: Size(width: 64, height: 32))
    cells.capabilities.colors = .palette256
    cells.draw(picture, x: 0, y: 0)
    func mean(_ columns: Range<Int>, _ color: (Int, Int) -> Color?) -> [Double] {
      var sums = [0.0, 0.0, 0.0]
      for y in 0..<64 {
        for x in columns {
          let color = color(x, y) ?? Color(0, 0, 0)
          for (index, part) in [color.red, color.green, color.blue].enumerated() {
            sums[index] += Double(part) / Double(64 * columns.count)
          }
        }
      }
      return sums
    }
    for columns in [0..<16, 16..<32, 32..<48, 48..<64] {
      let wanted = mean(columns) { picture[$0, $1] }
      let shown = mean(columns) { x, y in
        let style = cells[x, y / 2].style
        return y % 2 == 0 ? style.foreground : style.background
      }
      let parts = [0.299, 0.587, 0.114]
      let lightness = zip(parts, zip(wanted, shown)).map { $0 * ($1.1 - $1.0) }.reduce(0, +)
      #expect(abs(lightness) < 3, "\(wanted) \(shown)")
      guard blue == 200 else { continue }
      #expect(zip(wanted, shown).allSatisfy { abs($0 - $1) < 6 }, "\(wanted) \(shown)")
    }
    let colors = Set((0..<64).map { cells[$0, 9].style.foreground })
    #expect(colors.allSatisfy { $0.map { Color.palette256($0.palette256) == $0 } == true })
  }

  @Test func everyToneCanBeReadOnEveryGround() {
    let grounds = [
      Color(0, 0, 0), Color(0, 0x2B, 0x36), Color(0x28, 0x28, 0x28), Color(0x80, 0x80, 0x80),
      Color(0xFD, 0xF6, 0xE3), Color(255, 255, 255),
    ]
    let schemes: [Scheme] = grounds.map { Scheme(background: $0) } + [Scheme.contrast]
    for scheme in schemes {
      for tone in Tone.allCases {
        let isGrey = scheme.background == grounds[3]
        let isStrict = tone == .question || scheme == Scheme.contrast
        let least: Double = !isStrict ? 4.5 : isGrey ? 5.3 : 7
        for depth in [Capabilities.ColorDepth.ansi16, .palette256, .trueColor] {
          guard let color = scheme.color(of: tone, depth) else { continue }
          #expect(
            color.contrast(to: scheme.background) >= least, "\(tone) on \(scheme.background)")
        }
      }
    }
    #expect(Color(255, 255, 255).contrast(to: Color(0, 0, 0)) == 21)
    #expect(abs(Color(0x76, 0x76, 0x76).contrast(to: Color(255, 255, 255)) - 4.54) < 0.01)
  }
}
