import CKernels

/// Half-precision numbers, IEEE 754 binary16: what a checkpoint of half the size holds.
public enum HalfPrecision {
  /// The numbers in `bytes`, little-endian, two bytes each; an odd byte at the end is left out.
  public static func floats(_ bytes: UnsafeRawBufferPointer) -> [Float] {
    let count = bytes.count / 2
    return [Float](unsafeUninitializedCapacity: count) { floats, initialized in
      if let source = bytes.baseAddress, let target = floats.baseAddress {
        CKFloatsOfHalves(source, target, count)
        initialized = count
      }
    }
  }
}
