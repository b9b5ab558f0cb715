/// A table of a FlatBuffer, whose fields are found through offsets, all of them checked.
///
/// A table begins with the distance back to its vtable, which holds the table's size and the offset
/// of each field; 0 stands for a field with its default.
struct FlatTable: Sendable {
  private let bytes: Bytes
  private let start: Int
  private let vtable: Int
  private let vtableSize: Int

  /// Reads the root table of a file.
  init(rootOf bytes: Bytes) throws(ImportError) {
    try self.init(bytes, start: Int(bytes.load(UInt32.self, at: 0)))
  }

  private init(_ bytes: Bytes, start: Int) throws(ImportError) {
    self.bytes = bytes
    self.start = start
    vtable = start - Int(try bytes.load(Int32.self, at: start))
    vtableSize = Int(try bytes.load(UInt16.self, at: vtable))
  }

  /// Returns the integer in field `index`, or `missing` if there is none.
  func integer<Value: FixedWidthInteger & BitwiseCopyable>(
    _ index: Int, _ type: Value.Type, default missing: Int = 0
  ) throws(ImportError) -> Int {
    guard let offset = try offset(of: index) else { return missing }
    return Int(truncatingIfNeeded: try bytes.load(type, at: offset))
  }

  /// Returns the float in field `index`; nil if there is none.
  func float(_ index: Int) throws(ImportError) -> Float? {
    try offset(of: index).map { offset throws(ImportError) in
      Float(bitPattern: try bytes.load(at: offset))
    }
  }

  /// Returns the table in field `index`; nil if there is none.
  func table(_ index: Int) throws(ImportError) -> FlatTable? {
    guard let offset = try offset(of: index) else { return nil }
    return try FlatTable(bytes, start: try target(offset))
  }

  /// Returns the tables in field `index`.
  func tables(_ index: Int) throws(ImportError) -> [FlatTable] {
    var tables: [FlatTable] = []
    for offset in try offsets(index, size: 4) {
      tables.append(try FlatTable(bytes, start: try target(offset)))
    }
    return tables
  }

  /// Returns the integers in field `index`.
  func integers<Value: FixedWidthInteger & BitwiseCopyable>(
    _ index: Int, _ type: Value.Type
  ) throws(ImportError) -> [Int] {
    var values: [Int] = []
    for offset in try offsets(index, size: MemoryLayout<Value>.size) {
      values.append(Int(truncatingIfNeeded: try bytes.load(type, at: offset)))
    }
    return values
  }

  /// Returns the floats in field `index`.
  func floats(_ index: Int) throws(ImportError) -> [Float] {
    var values: [Float] = []
    for offset in try offsets(index, size: 4) {
      values.append(Float(bitPattern: try bytes.load(at: offset)))
    }
    return values
  }

  /// Returns the text in field `index`; empty if there is none, or it is not UTF-8.
  func string(_ index: Int) throws(ImportError) -> String {
    guard let text = try data(index), text.count <= Self.mostElements else { return "" }
    return text.text ?? ""
  }

  /// Returns the bytes of the vector in field `index`, in place.
  func data(_ index: Int, elementSize: Int = 1) throws(ImportError) -> Bytes? {
    guard try offset(of: index) != nil else { return nil }
    let elements = try elements(index, size: elementSize)
    return try bytes.slice(elements.lowerBound, count: elements.count, of: "a vector")
  }

  private func offset(of index: Int) throws(ImportError) -> Int? {
    let entry = 4 + 2 * index
    guard entry + 2 <= vtableSize else { return nil }
    let offset = Int(try bytes.load(UInt16.self, at: vtable + entry))
    return offset == 0 ? nil : start + offset
  }

  private func target(_ offset: Int) throws(ImportError) -> Int {
    offset + Int(try bytes.load(UInt32.self, at: offset))
  }

  /// The most elements of a list that are read; parts of a damaged file may overlap, and would
  /// become larger than the file when copied.
  private static var mostElements: Int { 1 << 17 }

  private func offsets(_ index: Int, size: Int) throws(ImportError) -> StrideTo<Int> {
    let elements = try elements(index, size: size)
    guard elements.count / size <= Self.mostElements else {
      throw bytes.damaged("a list has \(elements.count / size) elements")
    }
    return stride(from: elements.lowerBound, to: elements.upperBound, by: size)
  }

  /// Returns the range of the elements of the vector in field `index`, after checking that it is
  /// within the file.
  private func elements(_ index: Int, size: Int) throws(ImportError) -> Range<Int> {
    guard let offset = try offset(of: index) else { return 0..<0 }
    let vector = try target(offset)
    let count = Int(try bytes.load(UInt32.self, at: vector))
    guard count <= (bytes.count - vector - 4) / size else {
      throw bytes.damaged("a vector at \(vector) claims \(count) elements of \(size) bytes")
    }
    return vector + 4..<vector + 4 + count * size
  }
}
