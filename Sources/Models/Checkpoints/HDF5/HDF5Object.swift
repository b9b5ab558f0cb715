/// An object header: the description of a group or an array, as a list of messages.
struct HDF5Object: Sendable {
  /// The type of a message, by its number.
  enum Topic: Int {
    case dataspace = 0x1
    case linkInfo = 0x2
    case datatype = 0x3
    case link = 0x6
    case layout = 0x8
    case filters = 0xB
    case attribute = 0xC
    case continuation = 0x10
    case symbolTable = 0x11
    case attributeInfo = 0x15
  }

  /// The whole file, which addresses refer to.
  let file: Bytes

  private var messages: [(topic: Topic, body: Bytes)] = []

  /// A limit far above any object of a MobileNet; the parts of a damaged header may form a circle.
  private static let mostMessages = 1 << 14

  /// Reads the header at `address`, of version 1 or 2.
  init(_ file: Bytes, at address: Int) throws(ImportError) {
    self.file = file
    var reader = ByteReader(file, at: address)
    if file.has("OHDR".utf8, at: address) {
      try reader.skip(4)
      let version = try reader.next(UInt8.self)
      guard version == 2 else { throw file.damaged("an object header has version \(version)") }
      let flags = try reader.next(UInt8.self)
      if flags & 0x20 != 0 { try reader.skip(16) }
      if flags & 0x10 != 0 { try reader.skip(4) }
      let size = try reader.next(byteCount: 1 << (flags & 3))
      let hasOrder = flags & 4 != 0
      try read(reader.take(size, of: "an object header"), hasOrder: hasOrder)
    } else {
      let version = try reader.next(UInt8.self)
      guard version == 1 else { throw file.damaged("there is no object at \(address)") }
      try reader.skip(7)
      let size = try reader.next(UInt32.self)
      try reader.skip(4)
      try read(reader.take(size, of: "an object header"), hasOrder: nil)
    }
  }

  /// Adds the messages of a block and of its continuations.
  ///
  /// In version 2, `hasOrder` tells whether each message has a number; it is nil in version 1.
  private mutating func read(_ first: Bytes, hasOrder: Bool?) throws(ImportError) {
    var blocks = [first]
    var count = 0
    while let block = blocks.popLast() {
      var reader = ByteReader(block)
      let prefix = hasOrder.map { $0 ? 6 : 4 } ?? 8
      while reader.offset + prefix <= block.count {
        count += 1
        guard count <= Self.mostMessages else { throw file.damaged("an object never ends") }
        let (number, size, flags): (Int, Int, Int)
        if hasOrder != nil {
          (number, size) = (try reader.next(UInt8.self), try reader.next(UInt16.self))
          flags = try reader.next(UInt8.self)
          try reader.skip(prefix - 4)
        } else {
          (number, size) = (try reader.next(UInt16.self), try reader.next(UInt16.self))
          flags = try reader.next(UInt8.self)
          try reader.skip(3)
        }
        let body = try reader.take(size, of: "message \(number) of an object")
        guard let topic = Topic(rawValue: number) else { continue }
        guard flags & 2 == 0 else {
          throw .unsupported(format: file.format, feature: "HDF5 with objects that share messages")
        }
        if topic == .continuation {
          blocks.append(try continuation(body, isSigned: hasOrder != nil))
        } else {
          messages.append((topic, body))
        }
      }
    }
  }

  /// Returns the block that a message points to; in version 2 between a signature and a checksum.
  private func continuation(_ body: Bytes, isSigned: Bool) throws(ImportError) -> Bytes {
    var reader = ByteReader(body)
    let (address, size) = (try reader.next(UInt64.self), try reader.next(UInt64.self))
    guard isSigned else {
      return try file.slice(address, count: size, of: "the rest of an object header")
    }
    guard file.has("OCHK".utf8, at: address), size >= 8 else {
      throw file.damaged("there is no rest of an object header at \(address)")
    }
    return try file.slice(address, count: size, of: "the rest of an object header")
      .slice(4, count: size - 8, of: "the rest of an object header")
  }

  /// Returns the messages of type `topic`, in order.
  func bodies(_ topic: Topic) -> [Bytes] { messages.filter { $0.topic == topic }.map(\.body) }

  /// Returns the first message of type `topic`; throws when there is none.
  func body(_ topic: Topic) throws(ImportError) -> Bytes {
    guard let body = bodies(topic).first else { throw file.damaged("an object has no \(topic)") }
    return body
  }
}

extension ByteReader {
  /// Reads the next integer, of up to eight bytes.
  mutating func next(byteCount: Int) throws(ImportError) -> Int {
    let part = try take(byteCount, of: "a number")
    var value: UInt64 = 0
    for byte in part.contents.reversed() { value = value << 8 | UInt64(byte) }
    return try bytes.checked(value)
  }

  /// Reads the next address; returns nil for the undefined address.
  mutating func nextAddress() throws(ImportError) -> Int? {
    guard try bytes.load(UInt64.self, at: offset) != .max else {
      try skip(8)
      return nil
    }
    return try next(UInt64.self)
  }
}
