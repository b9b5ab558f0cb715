extension HDF5Object {
  /// Returns the numbers of an array, which errors call `name`.
  func array(_ name: String) throws(ImportError) -> StoredTensor {
    let shape = try HDF5Dataspace(body(.dataspace)).shape
    guard case .number(let type) = try HDF5Datatype(body(.datatype)) else {
      throw .unsupported(format: file.format, feature: "\(name), which is not of numbers,")
    }
    guard let count = shape.checkedProduct else {
      throw file.damaged("\(name) has the impossible shape \(shape)")
    }
    func stored(_ bytes: Bytes) throws(ImportError) -> StoredTensor {
      try StoredTensor(name: name, shape: shape, bytes: bytes, type: type)
    }

    var layout = ByteReader(try body(.layout))
    let version = try layout.next(UInt8.self)
    guard version == 3 || version == 4 else {
      throw .unsupported(format: file.format, feature: "HDF5's data layout \(version)")
    }
    switch (try layout.next(UInt8.self), version) {
    case (0, _):
      // The data lie in the header itself.
      return try stored(layout.take(layout.next(UInt16.self), of: name))
    case (1, _):
      guard let address = try layout.nextAddress() else {
        throw file.damaged("\(name) was never written")
      }
      return try stored(file.slice(address, count: type.byteCount(of: count), of: name))
    case (2, 3):
      let chunks = try HDF5Chunks(
        self, name: name, layout: &layout, shape: shape, elementSize: type.byteCount(of: 1))
      return StoredTensor(name: name, shape: shape, type: type) { () throws(ImportError) in
        try chunks.joined()
      }
    default:
      throw .unsupported(
        format: file.format, feature: "HDF5 with chunks in another index (libver=\"latest\")")
    }
  }
}
