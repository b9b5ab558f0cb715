import Kernels

/// The stored form of a number.
enum ScalarType: Hashable, Sendable {
  case float64, float32, float16, bfloat16, int64, int32, uint16, int16, int8, uint8
  /// Unsigned integers of 1 to 7 bits; several share a byte, the first in its highest bits.
  case bits(Int)
  /// Integers of 1 to 8 bits; several share a byte, the first in its lowest bits.
  case lowBits(Int, isSigned: Bool = false)

  /// The number of bits of one number.
  var bitWidth: Int {
    switch self {
    case .float64, .int64: 64
    case .float32, .int32: 32
    case .float16, .bfloat16, .uint16, .int16: 16
    case .int8, .uint8: 8
    case .bits(let count), .lowBits(let count, _): count
    }
  }

  /// Whether it holds whole numbers alone.
  var isInteger: Bool {
    switch self {
    case .float64, .float32, .float16, .bfloat16: false
    default: true
    }
  }

  /// The range of an integer of 8 or 16 bits; nil for any other.
  var range: ClosedRange<Float>? {
    switch self {
    case .uint8: 0...255
    case .int8: -128...127
    case .uint16: 0...65_535
    case .int16: -32_768...32_767
    default: nil
    }
  }

  /// Returns the number of bytes of `numbers` numbers, fewer than 2⁴⁰.
  func byteCount(of numbers: Int) -> Int { (numbers * bitWidth + 7) / 8 }
}

extension Bytes {
  /// Returns the bytes as floats; a last incomplete number is ignored.
  func floats(_ type: ScalarType) -> [Float] {
    withUnsafeBytes { bytes in
      switch type {
      case .float32: bytes.map { (bits: UInt32) in Float(bitPattern: bits) }
      case .float64: bytes.map { (bits: UInt64) in Float(Double(bitPattern: bits)) }
      case .float16: HalfPrecision.floats(bytes)
      case .bfloat16: bytes.map { (bits: UInt16) in Float(bitPattern: UInt32(bits) << 16) }
      case .int64: bytes.map { (value: Int64) in Float(value) }
      case .int32: bytes.map { (value: Int32) in Float(value) }
      case .uint16: bytes.map { (value: UInt16) in Float(value) }
      case .int16: bytes.map { (value: Int16) in Float(value) }
      case .int8: bytes.map { (value: Int8) in Float(value) }
      case .uint8: bytes.map { (value: UInt8) in Float(value) }
      case .bits(let width): bytes.unpacked(width)
      case .lowBits(let width, let isSigned): bytes.unpacked(fromLowest: width, isSigned)
      }
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Converts one stored number after another; vectorised when inlined.
  @inline(__always)
  fileprivate func map<Stored: BitwiseCopyable>(_ convert: (Stored) -> Float) -> [Float] {
    let size = MemoryLayout<Stored>.stride
    // All empty arrays share their storage, and its count would be written to here.
    guard count >= size else { return [] }
    return [Float](unsafeUninitializedCapacity: count / size) { floats, initialized in
      guard let base = baseAddress, let floats = floats.baseAddress else { return }
      initialized = count / size
      for index in 0..<initialized {
        floats[index] = convert((base + index * size).loadUnaligned(as: Stored.self))
      }
    }
  }

  /// Returns integers of `width` bits; several share a byte, the first in its lowest bits.
  fileprivate func unpacked(fromLowest width: Int, _ isSigned: Bool) -> [Float] {
    let half = isSigned ? 1 << (width - 1) : 1 << width
    return (0..<count * 8 / width).map { index in
      let (byte, bit) = (index * width / 8, index * width % 8)
      let next = byte + 1 < count ? Int(self[byte + 1]) : 0
      let number = (Int(self[byte]) | next << 8) >> bit & (1 << width - 1)
      return Float(number < half ? number : number - 2 * half)
    }
  }

  /// Returns integers of `width` bits; several share a byte, the first in its highest bits.
  fileprivate func unpacked(_ width: Int) -> [Float] {
    (0..<count * 8 / width).map { index in
      let (byte, bit) = (index * width / 8, index * width % 8)
      // A number may reach into the next byte.
      let next = byte + 1 < count ? UInt16(self[byte + 1]) : 0
      let pair = UInt16(self[byte]) << 8 | next
      return Float((pair << UInt16(bit)) >> UInt16(16 - width))
    }
  }
}
