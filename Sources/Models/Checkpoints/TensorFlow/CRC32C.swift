/// The Castagnoli checksum (RFC 3720, appendix B.4), which TensorFlow's checkpoints use throughout.
enum CRC32C {
  /// Eight tables, to process eight bytes at a time.
  private static let tables: [[UInt32]] = {
    var tables = [
      (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { sum, _ in sum >> 1 ^ (sum & 1 == 1 ? 0x82F6_3B78 : 0) }
      }
    ]
    for _ in 1..<8 {
      let last = tables[tables.count - 1]
      tables.append(last.map { $0 >> 8 ^ tables[0][Int($0 & 0xFF)] })
    }
    return tables
  }()

  /// Returns the checksum of `bytes`.
  static func checksum(_ bytes: Bytes) -> UInt32 {
    let flat = tables.flatMap { $0 }
    return bytes.withUnsafeBytes { bytes in
      flat.withUnsafeBufferPointer { table in
        var sum = UInt32.max
        var offset = 0
        while offset + 8 <= bytes.count {
          let low =
            sum ^ UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
          let high = UInt32(
            littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self))
          sum =
            table[1792 + Int(low & 0xFF)] ^ table[1536 + Int(low >> 8 & 0xFF)]
            ^ table[1280 + Int(low >> 16 & 0xFF)] ^ table[1024 + Int(low >> 24)]
            ^ table[768 + Int(high & 0xFF)] ^ table[512 + Int(high >> 8 & 0xFF)]
            ^ table[256 + Int(high >> 16 & 0xFF)] ^ table[Int(high >> 24)]
          offset += 8
        }
        while offset < bytes.count {
          sum = sum >> 8 ^ table[Int((sum ^ UInt32(bytes[offset])) & 0xFF)]
          offset += 1
        }
        return ~sum
      }
    }
  }

  /// Returns the checksum in the masked form of LevelDB and TensorFlow, which allows checksums of
  /// data with checksums.
  static func masked(_ bytes: Bytes) -> UInt32 {
    let sum = checksum(bytes)
    return (sum >> 15 | sum << 17) &+ 0xA282_EAD8
  }
}
