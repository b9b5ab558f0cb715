/// How one number is stored.
enum ScalarType: Hashable, Sendable {
  case float64, float32, float16, bfloat16, int32, int16, int8, uint8

  /// The bytes of one number.
  var size: Int {
    switch self {
    case .float64: 8
    case .float32, .int32: 4
    case .float16, .bfloat16, .int16: 2
    case .int8, .uint8: 1
    }
  }
}

extension Bytes {
  /// The bytes as floats; a last incomplete number is left out.
  func floats(_ type: ScalarType) -> [Float] {
    withUnsafeBytes { bytes in
      let count = bytes.count / type.size
      return [Float](unsafeUninitializedCapacity: count) { floats, initialized in
        initialized = count
        switch type {
        case .float32:
          UnsafeMutableRawBufferPointer(floats).copyMemory(
            from: UnsafeRawBufferPointer(rebasing: bytes[..<(count * 4)]))
        case .float64: bytes.convert(into: floats) { Float(Double(bitPattern: $0)) }
        case .float16: bytes.convert(into: floats, Float.init(halfBits:))
        case .bfloat16:
          bytes.convert(into: floats) { (bits: UInt16) in Float(bitPattern: UInt32(bits) << 16) }
        case .int32: bytes.convert(into: floats) { (value: Int32) in Float(value) }
        case .int16: bytes.convert(into: floats) { (value: Int16) in Float(value) }
        case .int8: bytes.convert(into: floats) { (value: Int8) in Float(value) }
        case .uint8: bytes.convert(into: floats) { (value: UInt8) in Float(value) }
        }
      }
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Writes one converted number after another; becomes vector instructions when inlined.
  @inline(__always)
  fileprivate func convert<Stored: BitwiseCopyable>(
    into floats: UnsafeMutableBufferPointer<Float>, _ convert: (Stored) -> Float
  ) {
    guard let base = baseAddress, let floats = floats.baseAddress else { return }
    let size = MemoryLayout<Stored>.stride
    for index in 0..<count / size {
      floats[index] = convert((base + index * size).loadUnaligned(as: Stored.self))
    }
  }
}
