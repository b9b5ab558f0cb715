extension HDF5Object {
  /// The most parts of a list that are read.
  private static let mostParts = 64

  /// Returns the texts of the attribute called `name`; nil when there is none.
  func texts(_ name: String) throws(ImportError) -> [String]? {
    var attributes = bodies(.attribute)
    for info in bodies(.attributeInfo) {
      var reader = ByteReader(info, at: 1)
      if try reader.next(UInt8.self) & 1 != 0 { try reader.skip(2) }
      attributes += try denseBodies(&reader, index: .attributesByName)
    }
    for body in attributes {
      let attribute = try HDF5Attribute(body)
      if attribute.name == name { return try attribute.texts(in: file) }
    }
    return nil
  }

  /// Returns the texts of an attribute that may be too long for one, and then continues in others
  /// whose names end in 0, 1, 2 and so on; nil when there is none.
  func list(_ name: String) throws(ImportError) -> [String]? {
    if let whole = try texts(name) { return whole }
    guard var list = try texts("\(name)0") else { return nil }
    var number = 1
    while number < Self.mostParts, let part = try texts("\(name)\(number)") {
      list += part
      number += 1
    }
    return list
  }
}

/// An attribute: a small named array in an object's header.
private struct HDF5Attribute {
  let name: String

  private let datatype: Bytes
  private let dataspace: Bytes
  private let data: Bytes

  /// The most texts of an attribute that are read.
  private static let mostTexts = 1 << 14

  /// Reads an attribute message, of version 1, 2 or 3.
  init(_ body: Bytes) throws(ImportError) {
    var reader = ByteReader(body)
    let version = try reader.next(UInt8.self)
    guard 1...3 ~= version else { throw body.damaged("an attribute has version \(version)") }
    try reader.skip(1)
    var sizes: [Int] = []
    for _ in 0..<3 { sizes.append(try reader.next(UInt16.self)) }
    if version == 3 { try reader.skip(1) }
    var parts: [Bytes] = []
    for size in sizes {
      let part = try reader.take(size, of: "an attribute")
      parts.append(part)
      // In version 1, each part begins on a multiple of eight bytes.
      if version == 1 { try reader.skip((8 - size % 8) % 8) }
    }
    name = parts[0].text(at: 0) ?? ""
    (datatype, dataspace) = (parts[1], parts[2])
    data = try body.slice(reader.offset, count: body.count - reader.offset, of: name)
  }

  /// Returns the texts; `file` holds those of variable length.
  func texts(in file: Bytes) throws(ImportError) -> [String] {
    guard let count = try HDF5Dataspace(dataspace).shape.checkedProduct, count <= Self.mostTexts
    else { throw data.damaged("the attribute \(name) is too large") }
    var texts: [String] = []
    var total = 0
    var reader = ByteReader(data)
    for _ in 0..<count {
      let text: String?
      switch try HDF5Datatype(datatype) {
      case .fixedText(let size):
        text = try reader.take(size, of: "the attribute \(name)").text(at: 0)
      case .text:
        let length = try reader.next(UInt32.self)
        // Many texts may lie in one place, but together they must not exceed the file.
        total += length
        guard total <= file.count else {
          throw data.damaged("the attribute \(name) is too large")
        }
        let heap = try reader.nextAddress()
        let index = try reader.next(UInt32.self)
        text = try heap.map { address throws(ImportError) in
          try HDF5GlobalHeap.object(index, in: file, at: address)
            .slice(0, count: length, of: "the attribute \(name)").text ?? ""
        }
      default: throw data.damaged("the attribute \(name) is not text")
      }
      guard let text else { throw data.damaged("the attribute \(name) is not text") }
      texts.append(text)
    }
    return texts
  }
}

/// A heap for texts of variable length.
private enum HDF5GlobalHeap {
  /// Returns the object with number `index` in the heap at `address`.
  static func object(
    _ index: Int, in file: Bytes, at address: Int
  ) throws(ImportError) -> Bytes {
    guard file.has("GCOL".utf8, at: address) else { throw file.damaged("no heap at \(address)") }
    var reader = ByteReader(file, at: address)
    try reader.skip(8)
    let end = try address + min(reader.next(UInt64.self), file.count)
    while reader.offset + 16 <= end {
      let found = try reader.next(UInt16.self)
      try reader.skip(6)
      let size = try reader.next(UInt64.self)
      let object = try reader.take(size, of: "a heap")
      if found == index, index != 0 { return object }
      try reader.skip((8 - size % 8) % 8)
    }
    throw file.damaged("the heap at \(address) has no object \(index)")
  }
}

extension Bytes {
  /// Returns the text from `offset` on, up to a zero or the end; nil when it is not UTF-8.
  func text(at offset: Int) -> String? {
    String(validating: contents.dropFirst(offset).prefix { $0 != 0 }, as: UTF8.self)
  }
}
