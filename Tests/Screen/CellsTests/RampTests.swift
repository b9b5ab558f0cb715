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
    // The table itself, from which a position takes the step of its lightness.
    let table = map.colors256.map(Self.lightness)
    #expect(zip(table, table.dropFirst()).allSatisfy { $0 < $1 })
    let all = (0...64).map { Self.lightness(map.color(at: Double($0) / 64, .trueColor)) }
    #expect(zip(all, all.dropFirst()).allSatisfy { $0 < $1 })
    #expect(Self.lightness(map.color(at: 0, .palette256)) < 1 && last > 90)
  }

  @Test func aSignIsWarmOrCoolAndZeroIsLightest() {
    let steps = (0...100).map { ColorMap.diverging.color(at: Double($0) / 100, .palette256) }
    let lights = steps.map(Self.lightness)
    #expect(zip(lights[0...50], lights[1...50]).allSatisfy { $0 <= $1 })
    #expect(zip(lights[50...100], lights[51...100]).allSatisfy { $0 >= $1 })
    #expect(steps[0...35].allSatisfy { $0.blue > $0.red })
    #expect(steps[65...100].allSatisfy { $0.red > $0.blue })
    #expect(steps[50] == Color(255, 255, 255))
  }

  @Test func aDitheredPictureIsAsLightAsThePhoto() {
    var picture = PixelPicture(width: 64, height: 64)
    picture.rendering = .dithered
    picture.fill { x, _ in Color(UInt8(2 * x), UInt8(60 + x), 90) }
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
