/// A B-tree of version 2, which indexes objects in a fractal heap.
struct HDF5Index {
  /// The kind of the objects; the raw value is the type of the tree's records.
  enum Kind: Int {
    case linksByName = 5
    case attributesByName = 8

    /// The bytes of a record that hold the object's id: behind a hash of the name for links, before
    /// it for attributes.
    fileprivate var idPlace: Range<Int> { self == .linksByName ? 4..<11 : 0..<8 }
  }

  /// The objects' ids.
  private(set) var ids: [Bytes] = []

  private let file: Bytes
  private let kind: Kind
  private let recordSize: Int
  /// The number of bytes for the number of a child's records.
  private let countSize: Int
  /// The number of bytes for a child of a node, by the number of levels below the node.
  private var branchSizes = [0]

  /// The bytes of signature, version and type before a node's records, and of a checksum after
  /// them.
  private static let frame = (before: 6, after: 4)
  /// Limits above any list in a MobileNet; in a damaged tree, branches may join again.
  private static let mostNodes = 1 << 12
  private static let mostIDs = 1 << 14
  private var nodeCount = 0

  /// Reads the tree at `address`.
  init(_ file: Bytes, at address: Int, kind: Kind) throws(ImportError) {
    var reader = ByteReader(file, at: address)
    guard file.has("BTHD".utf8, at: address) else { throw file.damaged("no index at \(address)") }
    try reader.skip(5)
    let type = try reader.next(UInt8.self)
    let nodeSize = try reader.next(UInt32.self)
    recordSize = try reader.next(UInt16.self)
    let depth = try reader.next(UInt16.self)
    try reader.skip(2)
    let root = try reader.nextAddress()
    let count = try reader.next(UInt16.self)
    let room = nodeSize - Self.frame.before - Self.frame.after
    guard type == kind.rawValue, recordSize >= kind.idPlace.upperBound, room >= recordSize,
      nodeSize <= file.count, depth < 8
    else { throw file.damaged("the index at \(address) is of another kind") }
    self.file = file
    self.kind = kind

    // A branch is an address, the number of records in the child, and, unless the child is a leaf,
    // in all nodes below; each in as many bytes as its largest value needs.
    var most = room / recordSize
    countSize = Self.byteCount(most)
    var sumSize = 0
    for _ in 0..<depth {
      let branchSize = 8 + countSize + sumSize
      branchSizes.append(branchSize)
      let records = max(room - branchSize, 0) / (recordSize + branchSize)
      most = min((records + 1) * most + records, 1 << 32)
      sumSize = Self.byteCount(most)
    }
    if let root { try visit(root, count: count, depth: depth) }
  }

  private mutating func visit(_ address: Int, count: Int, depth: Int) throws(ImportError) {
    nodeCount += 1
    guard file.has((depth == 0 ? "BTLF" : "BTIN").utf8, at: address), nodeCount <= Self.mostNodes,
      ids.count + count <= Self.mostIDs
    else { throw file.damaged("the index at \(address) has no node there, or never ends") }
    var reader = ByteReader(file, at: address)
    try reader.skip(Self.frame.before)
    for _ in 0..<count {
      let record = try reader.take(recordSize, of: "an index")
      ids.append(
        try record.slice(kind.idPlace.lowerBound, count: kind.idPlace.count, of: "an index"))
    }
    if depth == 0 { return }
    for _ in 0...count {
      var branch = ByteReader(try reader.take(branchSizes[depth], of: "an index"))
      let child = try branch.next(UInt64.self)
      try visit(child, count: branch.next(byteCount: countSize), depth: depth - 1)
    }
  }

  /// Returns the number of bytes that numbers up to `most` need.
  private static func byteCount(_ most: Int) -> Int {
    (Int.bitWidth - most.leadingZeroBitCount + 7) / 8
  }
}
