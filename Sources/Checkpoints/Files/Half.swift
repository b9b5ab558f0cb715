extension Float {
  /// The value of an IEEE 754 half, by integer arithmetic: not every x86-64 has an instruction.
  @inline(__always)
  init(halfBits: UInt16) {
    let magnitude = UInt32(halfBits & 0x7FFF) << 13
    let exponent = magnitude & 0x0F80_0000
    // The exponents' biases differ by 112. Infinity and NaN keep the largest exponent; a subnormal
    // half is the difference of two floats with the exponent that it would have if it were normal.
    let normal = magnitude &+ (112 << 23)
    let special = normal &+ (112 << 23)
    let smallest = UInt32(113 << 23)
    let subnormal =
      (Float(bitPattern: magnitude &+ smallest) - Float(bitPattern: smallest)).bitPattern
    let bits = exponent == 0x0F80_0000 ? special : exponent == 0 ? subnormal : normal
    self.init(bitPattern: bits | UInt32(halfBits & 0x8000) << 16)
  }

  /// The bits of the nearest IEEE 754 half, ties to even; infinity beyond 65,504.
  var halfBits: UInt16 {
    let sign = UInt16(truncatingIfNeeded: bitPattern >> 16) & 0x8000
    let bits = magnitude.bitPattern
    if isNaN { return sign | 0x7E00 }
    if magnitude >= 65_520 { return sign | 0x7C00 }
    // Below the smallest normal half, one half's step is the last bit of a float from 0.5 to 1.
    if bits < 113 << 23 {
      return sign | UInt16((magnitude + 0.5).bitPattern - Float(0.5).bitPattern)
    }
    let rounded = bits &+ 0xFFF &+ (bits >> 13 & 1)
    return sign | UInt16((rounded >> 13) - 112 << 10)
  }
}
