import CKernels
import Tensors

/// Conversion to and from half-precision numbers, IEEE 754 binary16.
public enum HalfPrecision {
  /// Returns the numbers in `bytes`, little-endian, two bytes each; an odd byte at the end is
  /// ignored.
  public static func floats(_ bytes: UnsafeRawBufferPointer) -> [Float] {
    let count = bytes.count / 2
    return [Float](unsafeUninitializedCapacity: count) { floats, initialized in
      if let source = bytes.baseAddress, let target = floats.baseAddress {
        CKFloatsOfHalves(source, target, count)
        initialized = count
      }
    }
  }

  /// Returns the bits of the nearest halves, ties to even; infinity beyond 65,504.
  public static func bits(of floats: [Float]) -> [UInt16] {
    [UInt16](unsafeUninitializedCapacity: floats.count) { bits, initialized in
      floats.withUnsafeBufferPointer { source in
        if let source = source.baseAddress, let target = bits.baseAddress {
          CKHalvesOfFloats(source, target, floats.count)
          initialized = floats.count
        }
      }
    }
  }

  /// Returns the nearest halves, as floats.
  public static func rounded(_ floats: [Float]) -> [Float] {
    bits(of: floats).withUnsafeBytes { Self.floats($0) }
  }
}

extension HalfTensor {
  /// Rounds the values of `tensor` to the nearest halves.
  public init(_ tensor: Tensor) {
    let storage = Storage(halves: tensor.shape.count)
    CKHalvesOfFloats(tensor.base, storage.halves, tensor.shape.count)
    self.init(shape: tensor.shape, storage: storage)
  }

  /// Rounds `floats` in place to the nearest halves, and writes these to `storage` from index
  /// `offset` on.
  public init(
    rounding floats: Destination, in storage: Storage, offset: Int, workers: Workers
  ) {
    self.init(shape: floats.shape, storage: storage, offset: offset)
    let (halves, count) = (storage.halves + offset, floats.shape.count)
    // A piece is a few pages, which stay in the first-level cache on the way back.
    let piece = 4096
    workers.divide((count + piece - 1) / piece) { index, _ in
      let part = index * piece..<min((index + 1) * piece, count)
      CKHalvesOfFloats(floats.base + part.lowerBound, halves + part.lowerBound, part.count)
      CKFloatsOfHalves(halves + part.lowerBound, floats.base + part.lowerBound, part.count)
    }
  }

  /// The same numbers as floats; the conversion is exact.
  public var reals: Tensor {
    let storage = Storage(uninitialized: shape.count)
    CKFloatsOfHalves(base, storage.base, shape.count)
    return Tensor(shape: shape, storage: storage)
  }
}
