import Foundation

/// A container that `torch.save` writes: a pickle, and storages with the names used in the pickle.
enum PyTorchContainer {
  /// An archive since PyTorch 1.6, and TorchScript's: `data.pkl`, `data/0`, `data/1`, …; its constants
  /// lie there by another name in place of "data".
  case archive(ZipArchive, name: String)
  /// The older container: four pickles, the last a list of names, then each storage behind its
  /// length.
  case stream(object: PickleValue, storages: [String: Bytes])

  /// The beginning of the older container: a pickle of the number 0x1950A86A20F9469CFC6C.
  private static let magic: [UInt8] = [
    0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19,
  ]

  /// Whether `bytes` look like one of the containers.
  static func recognizes(_ bytes: Bytes) -> Bool {
    if bytes.has([0x80]) { return bytes.has(magic, at: 2) }
    guard ZipArchive.recognizes(bytes), let archive = try? ZipArchive(bytes) else { return false }
    return folder(of: archive) != nil
  }

  /// Opens the container.
  init(_ bytes: Bytes) throws(ImportError) {
    if bytes.has([0x80]) {
      self = try Self.stream(bytes)
      return
    }
    let archive = try ZipArchive(bytes)
    guard let folder = Self.folder(of: archive) else { throw bytes.damaged("data.pkl is missing") }
    if archive.has("\(folder)byteorder"), try archive.file("\(folder)byteorder").text == "big" {
      throw .unsupported(format: bytes.format, feature: "a file of a big-endian machine")
    }
    self = .archive(archive, name: "\(folder)data")
  }

  /// Returns the saved object.
  func object() throws(ImportError) -> PickleValue {
    switch self {
    case .archive(let archive, let name):
      var machine = PickleMachine(try archive.file("\(name).pkl"))
      return try machine.run()
    case .stream(let object, _): return object
    }
  }

  /// Returns a closure that reads the bytes of a storage.
  func reader(
    of storage: PickledStorage
  ) throws(ImportError) -> @Sendable () throws(ImportError) -> Bytes {
    switch self {
    case .archive(let archive, let name):
      let name = "\(name)/\(storage.key)"
      guard archive.has(name) else {
        throw .damaged(format: PyTorchFileFormat.name, problem: "\(name) is missing")
      }
      return { () throws(ImportError) in try archive.file(name) }
    case .stream(_, let storages):
      guard let bytes = storages[storage.key] else {
        throw .damaged(
          format: PyTorchFileFormat.name, problem: "the storage \(storage.key) is missing")
      }
      return { bytes }
    }
  }

  /// Returns the path before `data.pkl` in an archive, which is the name at saving.
  static func folder(of archive: ZipArchive) -> String? {
    let name = "data.pkl"
    let all = archive.names.filter { $0 == name || $0.hasSuffix("/\(name)") }
    return all.min { $0.count < $1.count }.map { String($0.dropLast(name.count)) }
  }

  private static func stream(_ bytes: Bytes) throws(ImportError) -> PyTorchContainer {
    var offset = 0
    func next() throws(ImportError) -> PickleValue {
      var machine = PickleMachine(bytes, at: offset)
      let value = try machine.run()
      offset = machine.offset
      return value
    }
    _ = try next()
    guard try next().integer == 1001 else {
      throw .unsupported(format: bytes.format, feature: "another protocol than 1001")
    }
    let system = try next()
    if case .boolean(false) = system.dictionary?["little_endian"] {
      throw .unsupported(format: bytes.format, feature: "a file of a big-endian machine")
    }
    let recorder = PickleMachine.StorageTypes()
    var machine = PickleMachine(bytes, at: offset, recording: recorder)
    let object = try machine.run()
    offset = machine.offset
    let keys = try next().elements?.compactMap(\.text) ?? []
    var storages: [String: Bytes] = [:]
    var reader = ByteReader(bytes, at: offset)
    for key in keys {
      guard let type = recorder.types[key] else {
        throw bytes.damaged("the storage \(key) is of no type")
      }
      let count = try reader.next(UInt64.self)
      guard count < 1 << 40 else {
        throw bytes.damaged("the storage \(key) claims \(count) numbers")
      }
      storages[key] = try reader.take(type.byteCount(of: count), of: "the storage \(key)")
    }
    return .stream(object: object, storages: storages)
  }
}
