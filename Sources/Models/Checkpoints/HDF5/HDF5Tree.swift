/// A B-tree of version 1: the members of a group, or the chunks of an array.
struct HDF5Tree {
  /// What its leaves are.
  enum Kind: Int {
    case group = 0
    case chunks = 1
  }

  /// What the tree leads to.
  struct Leaf {
    /// The key before it, which says what is there.
    let key: Bytes
    let address: Int
  }

  /// What the tree leads to, in order.
  private(set) var leaves: [Leaf] = []

  private let file: Bytes
  private let kind: Kind
  private let keySize: Int
  private var nodeCount = 0

  /// More than any MobileNet needs; the branches of a lying tree may grow together.
  private static let mostNodes = 1 << 12
  private static let mostLeaves = 1 << 16

  /// Reads the tree at `address`; keys of chunks depend on how many axes, `rank`, the array has.
  init(_ file: Bytes, at address: Int, kind: Kind, rank: Int = 0) throws(ImportError) {
    self.file = file
    self.kind = kind
    keySize = kind == .group ? 8 : 8 + 8 * (rank + 1)
    try visit(address, below: 256)
  }

  private mutating func visit(_ address: Int, below: Int) throws(ImportError) {
    var reader = ByteReader(file, at: address)
    guard file.has("TREE".utf8, at: address) else { throw file.damaged("no tree at \(address)") }
    try reader.skip(4)
    let (found, level) = (try reader.next(UInt8.self), try reader.next(UInt8.self))
    let count = try reader.next(UInt16.self)
    try reader.skip(16)
    nodeCount += 1
    guard found == kind.rawValue, level < below, nodeCount <= Self.mostNodes,
      leaves.count + count <= Self.mostLeaves
    else { throw file.damaged("a tree at \(address) is of another kind or never ends") }
    for _ in 0..<count {
      let key = try reader.take(keySize, of: "a tree")
      let child = try reader.next(UInt64.self)
      if level == 0 {
        leaves.append(Leaf(key: key, address: child))
      } else {
        try visit(child, below: level)
      }
    }
  }
}
