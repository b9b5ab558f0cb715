/// A B-tree of version 1: the members of a group, or the chunks of an array.
struct HDF5Tree {
  /// The kind of the leaves.
  enum Kind: Int {
    case group = 0
    case chunks = 1
  }

  /// An entry of the tree.
  struct Leaf {
    /// The key before the entry, which describes it.
    let key: Bytes
    let address: Int
  }

  /// The entries of the tree, in order.
  private(set) var leaves: [Leaf] = []

  private let file: Bytes
  private let kind: Kind
  private let keySize: Int
  private var nodeCount = 0

  /// Limits above the needs of any MobileNet; in a damaged tree, branches may join again.
  private static let mostNodes = 1 << 12
  private static let mostLeaves = 1 << 16

  /// Reads the tree at `address`; the keys of chunks depend on the number of axes, `rank`.
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
