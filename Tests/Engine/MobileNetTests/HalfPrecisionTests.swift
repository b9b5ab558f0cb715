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
