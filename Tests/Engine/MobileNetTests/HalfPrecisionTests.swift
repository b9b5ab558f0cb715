import Kernels
import Testing

struct HalfPrecisionTests {
  /// Eight at a time and one at a time, from an address that is not even.
  @Test(arguments: [65_536, 1]) func allHalvesBecomeTheFloatsThatTheyAre(count: Int) {
    let halves = (0..<65_536).map { UInt16($0) }
    let wrong = stride(from: 0, to: halves.count, by: count).flatMap { first in
      let part = halves[first..<first + count]
      var bytes: [UInt8] = [0]
      for half in part { bytes += [UInt8(half & 255), UInt8(half >> 8)] }
      let floats = bytes.withUnsafeBytes {
        HalfPrecision.floats(UnsafeRawBufferPointer(rebasing: $0[1...]))
      }
      return zip(part, floats).filter { half, float in
        let expected = value(half)
        return !(float == expected || float.isNaN && expected.isNaN)
      }
    }
    #expect(wrong.isEmpty)
  }

  /// Eight at a time and one at a time: the last three are left over.
  @Test func everyHalfIsRoundedToItself() {
    let halves = (0...UInt16.max).filter { $0 & 0x7C00 != 0x7C00 } + [0x0001, 0x3C01, 0xFBFF]
    let floats = halves.withUnsafeBytes { HalfPrecision.floats($0) }
    #expect(HalfPrecision.bits(of: floats) == halves)
  }

  @Test(arguments: [1, 8]) func floatsAreRoundedToTheNearestHalfTiesToEven(count: Int) {
    func bits(_ float: Float) -> UInt16 {
      let all = HalfPrecision.bits(of: [Float](repeating: float, count: count))
      return all.allSatisfy { $0 == all[0] } ? all[0] : 0xFFFF
    }
    #expect(bits(1 + 0x1p-11) == 0x3C00)
    #expect(bits(1 + 0x3p-11) == 0x3C02)
    #expect(bits(0x1.8p-24) == 0x0002)
    #expect(bits(0x1p-25) == 0)
    #expect(bits(-65519) == 0xFBFF)
    #expect(bits(65520) == 0x7C00)
    #expect(bits(.infinity) == 0x7C00 && bits(.nan) == 0x7E00)
  }

  /// IEEE 754-2019, table 3.5: exponent bias 15, ten bits of significand.
  private func value(_ half: UInt16) -> Float {
    let exponent = Int(half >> 10 & 31)
    let significand = Float(half & 1023) / 1024
    let sign: Float = half >> 15 == 1 ? -1 : 1
    switch exponent {
    case 31: return significand == 0 ? sign * .infinity : .nan
    case 0: return sign * significand * 0x1p-14
    default:
      return sign * Float(sign: .plus, exponent: exponent - 15, significand: 1 + significand)
    }
  }
}
