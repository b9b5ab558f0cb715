extension Float {
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
