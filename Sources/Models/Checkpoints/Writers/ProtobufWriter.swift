import Foundation

/// Builds a message in Protocol Buffers' wire format.
struct ProtobufWriter {
  /// The bytes so far.
  private(set) var data = Data()

  /// Adds an integer, an enumeration or a Boolean.
  mutating func add(_ field: Int, _ value: Int) {
    add(varint: UInt64(field) << 3)
    add(varint: UInt64(bitPattern: Int64(value)))
  }

  /// Adds bytes.
  mutating func add(_ field: Int, _ bytes: Data) {
    add(varint: UInt64(field) << 3 | 2)
    add(varint: UInt64(bytes.count))
    data.append(bytes)
  }

  /// Adds a text.
  mutating func add(_ field: Int, _ text: String) { add(field, Data(text.utf8)) }

  /// Adds a message.
  mutating func add(_ field: Int, _ fill: (inout ProtobufWriter) -> Void) {
    var message = ProtobufWriter()
    fill(&message)
    add(field, message.data)
  }

  private mutating func add(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      data.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    data.append(UInt8(rest))
  }
}
