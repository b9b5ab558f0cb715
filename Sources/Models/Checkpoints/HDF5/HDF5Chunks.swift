import Foundation

/// The chunks of a large array, each possibly deflated.
struct HDF5Chunks: Sendable {
  private let file: Bytes
  private let name: String
  /// The sizes along each axis, then the size of an element in bytes.
  private let shape: [Int]
  /// The sizes of a chunk along each axis, then the size of an element in bytes.
  private let chunk: [Int]
  private let leaves: [HDF5Tree.Leaf]
  private let filters: [HDF5Filter]

  /// Reads the chunks' addresses, from a layout message whose version and class were read.
  init(
    _ object: HDF5Object, name: String, layout: inout ByteReader, shape: [Int], elementSize: Int
  ) throws(ImportError) {
    file = object.file
    self.name = name
    self.shape = shape + [elementSize]
    let axes = try layout.next(UInt8.self)
    let tree = try layout.nextAddress()
    var chunk: [Int] = []
    for _ in 0..<axes { chunk.append(try layout.next(UInt32.self)) }
    guard let tree, axes == self.shape.count, chunk.last == elementSize, !chunk.contains(0),
      chunk.checkedProduct != nil
    else { throw object.file.damaged("\(name) was never written, or has chunks of \(chunk)") }
    self.chunk = chunk
    leaves = try HDF5Tree(file, at: tree, kind: .chunks, rank: shape.count).leaves
    filters = try object.bodies(.filters).first.map(HDF5Filter.pipeline) ?? []

    // Every chunk has to exist, because no value may be invented.
    let counts = zip(self.shape, chunk).map { ($0 + $1 - 1) / $1 }
    guard counts.checkedProduct == leaves.count else {
      throw file.damaged("\(name) has \(leaves.count) chunks of \(chunk), its shape is \(shape)")
    }
  }

  /// Returns the bytes of the whole array.
  func joined() throws(ImportError) -> Bytes {
    var whole = Data(count: shape.reduce(1, *))
    var seen: Set<[Int]> = []
    for leaf in leaves {
      var key = ByteReader(leaf.key)
      let stored = try file.slice(leaf.address, count: key.next(UInt32.self), of: name)
      let skipped = try key.next(UInt32.self)
      var offsets: [Int] = []
      for axis in chunk.indices {
        offsets.append(try key.next(UInt64.self))
        guard offsets[axis] < shape[axis], offsets[axis] % chunk[axis] == 0 else {
          throw file.damaged("\(name) has a chunk at \(offsets)")
        }
      }
      guard seen.insert(offsets).inserted else {
        throw file.damaged("\(name) has two chunks at \(offsets)")
      }
      copy(try unfiltered(stored, skipped: skipped).contents, at: offsets, into: &whole)
    }
    return Bytes(whole, format: file.format)
  }

  /// Returns a chunk with its filters undone, last to first.
  private func unfiltered(_ stored: Bytes, skipped: Int) throws(ImportError) -> Bytes {
    let size = chunk.reduce(1, *)
    var bytes = stored
    for (index, filter) in filters.enumerated().reversed() where skipped >> index & 1 == 0 {
      bytes = try filter.undone(bytes, size: size, of: name)
    }
    guard bytes.count == size else {
      throw file.damaged("a chunk of \(name) has \(bytes.count) bytes, expected \(size)")
    }
    return bytes
  }

  /// Copies the rows of a chunk into the array, without the parts outside of it.
  private func copy(_ part: Data, at offsets: [Int], into whole: inout Data) {
    // A row is contiguous: the last axis and the bytes of its elements.
    let outer = chunk.indices.dropLast(2)
    let rowSize = chunk[outer.endIndex...].reduce(1, *)
    let wholeRowSize = shape[outer.endIndex...].reduce(1, *)
    let start =
      outer.isEmpty && chunk.count == 1 ? 0 : offsets[outer.endIndex] * chunk[chunk.count - 1]
    let used = min(rowSize, wholeRowSize - start)
    for row in 0..<part.count / rowSize {
      var (rest, place, step) = (row, 0, 1)
      var isInside = true
      for axis in outer.reversed() {
        let index = offsets[axis] + rest % chunk[axis]
        isInside = isInside && index < shape[axis]
        (rest, place, step) = (rest / chunk[axis], place + index * step, step * shape[axis])
      }
      guard isInside else { continue }
      let from = part.startIndex + row * rowSize
      let to = place * wholeRowSize + start
      whole.replaceSubrange(to..<to + used, with: part[from..<from + used])
    }
  }
}
