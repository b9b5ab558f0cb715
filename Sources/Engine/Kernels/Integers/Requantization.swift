/// A real factor in integer arithmetic: a 31-bit fraction and a shift.
///
/// Jacob et al. 2018, section 2.2: factor = multiplier / 2³¹ · 2^exponent, the multiplier being at
/// least 2³⁰. Rounding follows TensorFlow Lite's reference kernels, so that every byte is the same.
public struct Requantization: Hashable, Sendable {
  /// The fraction, times 2³¹.
  public let multiplier: Int32
  /// The shift to the left; negative for most factors, which are below 1.
  public let exponent: Int
  /// Whether the product and the shift are rounded together, halves up, as in TensorFlow Lite's
  /// FULLY_CONNECTED.
  public let roundsOnce: Bool

  /// Creates a factor from its multiplier and exponent.
  init(multiplier: Int32, exponent: Int, roundsOnce: Bool = false) {
    self.roundsOnce = roundsOnce
    self.multiplier = multiplier
    self.exponent = exponent
  }

  /// Creates the nearest to `factor`, which is not negative.
  public init(_ factor: Double, roundsOnce: Bool = false) {
    guard factor > 0 else {
      self.init(multiplier: 0, exponent: 0, roundsOnce: roundsOnce)
      return
    }
    let factor = min(factor, 0x1p30)
    var exponent = Int(factor.exponent) + 1
    var fraction = (factor.significand * 0x1p30).rounded(.toNearestOrAwayFromZero)
    if fraction == 0x1p31 { (fraction, exponent) = (0x1p30, exponent + 1) }
    // Smaller factors turn every 32-bit sum into 0, and larger ones overflow.
    self.init(
      multiplier: exponent < -31 ? 0 : Int32(fraction), exponent: min(max(exponent, -31), 30),
      roundsOnce: roundsOnce)
  }

  /// Returns sum · factor, rounded once, or twice: to the upper half of the product, halves up, and
  /// after the shift to the right, halves away from zero.
  public func callAsFunction(_ sum: Int32) -> Int {
    if roundsOnce {
      return (Int(sum) * Int(multiplier) + 1 << (30 - exponent)) >> (31 - exponent)
    }
    let moved = exponent > 0 ? sum << Int32(exponent) : sum
    let high = (Int(moved) * Int(multiplier) + 1 << 30) >> 31
    return Self.shifted(high, right: max(-exponent, 0))
  }

  /// Returns `number` / 2^right, with halves rounded away from zero.
  static func shifted(_ number: Int, right: Int) -> Int {
    guard right > 0 else { return number }
    return (number + 1 << (right - 1) - (number < 0 ? 1 : 0)) >> right
  }
}
