import Foundation

/// A 32-bit fixed-point number with `integerBits` bits before the point, without the sign.
///
/// Products keep the upper half, rounded half up; overflow saturates. The arithmetic is that of
/// gemmlowp's fixedpoint.h, on which TensorFlow Lite's reference kernels are built.
struct FixedPoint {
  let raw: Int
  let integerBits: Int

  init(raw: Int, integerBits: Int) {
    self.raw = raw
    self.integerBits = integerBits
  }

  /// Creates the number nearest to `value`.
  init(_ value: Double, integerBits: Int) {
    let raw = (value * exp2(Double(31 - integerBits))).rounded(.toNearestOrAwayFromZero)
    self.init(raw: Int(min(raw, 0x1p31 - 1)), integerBits: integerBits)
  }

  static func + (a: FixedPoint, b: FixedPoint) -> FixedPoint {
    FixedPoint(raw: a.raw + b.raw, integerBits: a.integerBits)
  }

  static func - (a: FixedPoint, b: FixedPoint) -> FixedPoint {
    FixedPoint(raw: a.raw - b.raw, integerBits: a.integerBits)
  }

  static func * (a: FixedPoint, b: FixedPoint) -> FixedPoint {
    FixedPoint(
      raw: (a.raw * b.raw + 1 << 30) >> 31, integerBits: a.integerBits + b.integerBits)
  }

  /// Returns the same number with another number of bits before the point.
  func with(integerBits bits: Int) -> FixedPoint {
    FixedPoint(raw: Self.scaled(raw, by: integerBits - bits), integerBits: bits)
  }

  /// Returns the number times 2^power, with as many bits before the point.
  func scaled(by power: Int) -> FixedPoint {
    FixedPoint(raw: Self.scaled(raw, by: power), integerBits: integerBits)
  }

  /// exp(x) of this number, which has 5 bits before the point and is not above zero.
  ///
  /// x is split into whole quarters and a rest. The result is the series of exp around −⅛ for the
  /// rest, times e^−¼, e^−½ and so on for each bit of the number of quarters.
  var exponential: FixedPoint {
    if raw == 0 { return FixedPoint(raw: Int(Int32.max), integerBits: 0) }
    let quarter = 1 << (31 - integerBits - 2)
    let rest = (raw & (quarter - 1)) - quarter
    let x =
      FixedPoint(raw: rest, integerBits: integerBits).with(integerBits: 0)
      + FixedPoint(0.125, integerBits: 0)
    let (square, third) = (x * x, FixedPoint(1.0 / 3, integerBits: 0))
    let cube = square * x
    let fourth = (square * square).scaled(by: -2)
    let above = ((fourth + cube) * third + square).scaled(by: -1)
    let start = FixedPoint(exp(-0.125), integerBits: 0)
    var result = start + start * (x + above)
    for power in -2...4 where (rest - raw) & quarter << (power + 2) != 0 {
      result = result * FixedPoint(exp(-exp2(Double(power))), integerBits: 0)
    }
    return result
  }

  /// 1 / (1 + x) of this number from 0 to 1: three steps of Newton's method.
  var reciprocalOfOneMore: FixedPoint {
    let half = FixedPoint(raw: (raw + Int(Int32.max) + 1) / 2, integerBits: 0)
    let one = FixedPoint(1, integerBits: 2)
    var x = FixedPoint(48.0 / 17, integerBits: 2) + half * FixedPoint(-32.0 / 17, integerBits: 2)
    for _ in 0..<3 { x = x + (x * (one - half * x)).with(integerBits: 2) }
    return FixedPoint(raw: x.raw, integerBits: 1).with(integerBits: 0)
  }

  private static func scaled(_ raw: Int, by power: Int) -> Int {
    guard power > 0 else { return Requantization.shifted(raw, right: -power) }
    return min(max(raw << power, Int(Int32.min)), Int(Int32.max))
  }
}
