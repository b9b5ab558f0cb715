import Foundation

/// An array of a `.npy` file: NumPy's format, versions 1 to 3 (numpy.lib.format).
///
/// The file has a mark, a version, the length of a header, a header that is a Python dictionary as
/// text, and the numbers.
struct NumPyArray {
  static let formatName = "NumPy"

  /// The sizes of the axes, slowest first.
  let shape: [Int]
  /// The numbers, last axis fastest.
  let values: [Float]
  /// Whether the file's numbers are 8-bit integers.
  let isBytes: Bool

  /// Reads `bytes`; errors call the array `name`.
  init(_ bytes: Bytes, name: String) throws(ImportError) {
    guard bytes.has([0x93] + Array("NUMPY".utf8)) else {
      throw bytes.damaged("\(name) is no array of NumPy")
    }
    let isLong = try bytes.load(UInt8.self, at: 6) > 1
    let start = isLong ? 12 : 10
    let length =
      isLong
      ? Int(try bytes.load(UInt32.self, at: 8)) : Int(try bytes.load(UInt16.self, at: 8))
    guard let header = try bytes.slice(start, count: length, of: "\(name)'s header").text,
      let description = header.firstMatch(of: /'descr':\s*'([<>|=]?)([a-zA-Z]\d*)'/),
      let sizes = header.firstMatch(of: /'shape':\s*\(([0-9, ]*)\)/)
    else { throw bytes.damaged("\(name) has no header that is understood") }
    guard description.output.1 != ">", let type = Self.types[String(description.output.2)] else {
      let found = "\(description.output.1)\(description.output.2)"
      throw .unsupported(
        format: Self.formatName,
        feature: "\(name), of type \(found) instead of little-endian floats or integers,")
    }
    let extents = sizes.output.1.split(separator: ",").map {
      Int($0.trimmingCharacters(in: .whitespaces)) ?? -1
    }
    let isColumnsFirst = header.contains(/'fortran_order':\s*True/)
    let offset = start + length
    let tensor = try StoredTensor(
      name: name, shape: isColumnsFirst ? extents.reversed() : extents,
      bytes: bytes.slice(offset, count: bytes.count - offset, of: name), type: type)
    shape = extents
    isBytes = [.int8, .uint8].contains(type)
    values =
      try isColumnsFirst
      ? tensor.transposed(extents.indices.reversed()).floats() : tensor.floats()
  }

  private static let types: [String: ScalarType] = [
    "f2": .float16, "f4": .float32, "f8": .float64, "i1": .int8, "u1": .uint8, "i2": .int16,
    "u2": .uint16, "i4": .int32, "i8": .int64,
  ]
}
