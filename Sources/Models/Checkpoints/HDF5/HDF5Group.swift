/// A group: a folder of groups and arrays.
struct HDF5Group: Sendable {
  /// The group's own object, which holds the attributes.
  let object: HDF5Object
  /// The address of each member's header.
  private let members: [String: Int]

  /// The most members that are read: more than any list in a MobileNet has.
  private static let mostMembers = 1 << 14

  /// Reads the members' names and addresses.
  init(_ object: HDF5Object) throws(ImportError) {
    self.object = object
    var members: [String: Int] = [:]
    var entries = 0
    for table in object.bodies(.symbolTable) {
      var reader = ByteReader(table)
      let tree = try reader.next(UInt64.self)
      let heap = try Self.localHeap(object.file, at: reader.next(UInt64.self))
      for leaf in try HDF5Tree(object.file, at: tree, kind: .group).leaves {
        try Self.readSymbols(
          object.file, at: leaf.address, names: heap, into: &members, entries: &entries)
      }
    }
    var links = object.bodies(.link)
    for info in object.bodies(.linkInfo) {
      var reader = ByteReader(info, at: 1)
      if try reader.next(UInt8.self) & 1 != 0 { try reader.skip(8) }
      links += try object.denseBodies(&reader, index: .linksByName)
    }
    for link in links { try Self.read(link, into: &members) }
    self.members = members
  }

  /// Whether there is a member called `name`.
  func has(_ name: String) -> Bool { members[name] != nil }

  /// Returns the group called `name`; nil when there is none.
  func group(_ name: String) throws(ImportError) -> HDF5Group? {
    guard let address = members[name] else { return nil }
    return try HDF5Group(HDF5Object(object.file, at: address))
  }

  /// Returns the group at the end of a path; nil when there is none.
  func group(_ path: [String]) throws(ImportError) -> HDF5Group? {
    var group: HDF5Group? = self
    for name in path { group = try group?.group(name) }
    return group
  }

  /// Returns the array called `name`, which errors call `label`; nil when there is none.
  func array(_ name: String, label: String) throws(ImportError) -> StoredTensor? {
    guard let address = members[name] else { return nil }
    return try HDF5Object(object.file, at: address).array(label)
  }

  /// Returns the data of a local heap: the names of a group's members.
  private static func localHeap(_ file: Bytes, at address: Int) throws(ImportError) -> Bytes {
    guard file.has("HEAP".utf8, at: address) else { throw file.damaged("no heap at \(address)") }
    var reader = ByteReader(file, at: address)
    try reader.skip(8)
    let size = try reader.next(UInt64.self)
    try reader.skip(8)
    return try file.slice(reader.next(UInt64.self), count: size, of: "the names of a group")
  }

  /// Reads a symbol table node: members with their names' offsets and their headers' addresses.
  private static func readSymbols(
    _ file: Bytes, at address: Int, names: Bytes, into members: inout [String: Int],
    entries: inout Int
  ) throws(ImportError) {
    guard file.has("SNOD".utf8, at: address) else { throw file.damaged("no members at \(address)") }
    var reader = ByteReader(file, at: address)
    try reader.skip(6)
    let count = try reader.next(UInt16.self)
    entries += count
    guard entries <= mostMembers else { throw file.damaged("a group has too many members") }
    for _ in 0..<count {
      let offset = try reader.next(UInt64.self)
      let header = try reader.next(UInt64.self)
      try reader.skip(24)
      guard offset < names.count, let name = names.text(at: offset) else {
        throw file.damaged("a name at \(offset) of \(names.count) bytes")
      }
      members[name] = header
    }
  }

  /// Reads a link message; only hard links lead to members in this file.
  private static func read(
    _ link: Bytes, into members: inout [String: Int]
  ) throws(ImportError) {
    var reader = ByteReader(link, at: 1)
    let flags = try reader.next(UInt8.self)
    let kind = flags & 8 != 0 ? try reader.next(UInt8.self) : 0
    if flags & 4 != 0 { try reader.skip(8) }
    if flags & 16 != 0 { try reader.skip(1) }
    let size = try reader.next(byteCount: 1 << (flags & 3))
    guard let name = try reader.take(size, of: "the name of a link").text else {
      throw link.damaged("the name of a link is not text")
    }
    if kind == 0 { members[name] = try reader.next(UInt64.self) }
  }
}
