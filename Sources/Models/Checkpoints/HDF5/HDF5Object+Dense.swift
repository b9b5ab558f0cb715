extension HDF5Object {
  /// Returns messages that are too many for a header and lie in a heap with an index.
  ///
  /// `reader` has the addresses of both next; without a heap there are no messages.
  func denseBodies(
    _ reader: inout ByteReader, index kind: HDF5Index.Kind
  ) throws(ImportError) -> [Bytes] {
    guard let heap = try reader.nextAddress(), let index = try reader.nextAddress() else {
      return []
    }
    let objects = try HDF5FractalHeap(file, at: heap)
    var bodies: [Bytes] = []
    for id in try HDF5Index(file, at: index, kind: kind).ids {
      bodies.append(try objects.object(id))
    }
    return bodies
  }
}
