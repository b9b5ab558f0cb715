import Files
import Foundation

/// A file that a command writes.
enum OutputFile {
  /// Throws where nothing can be written to `path` because of what stands there: a folder, a device,
  /// or a folder that is missing; before an hour's work, not after it.
  static func check(_ path: String) throws(Failure) {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if isFolder.boolValue { throw Failure(.cannotCreate, "\(path): is a folder") }
    let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
    if exists, type != .typeRegular {
      throw Failure(.cannotCreate, "\(path): is not a plain file")
    }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard FileManager.default.isWritableFile(atPath: folder) else {
      let isThere = FileManager.default.fileExists(atPath: folder)
      throw Failure(
        .cannotCreate,
        "\(path): \(folder) \(isThere ? "may not be written to" : "is not there")")
    }
  }

  /// Throws as `check` does, and where a file stands at `path` unless `force` is given.
  static func check(_ path: String, force: Bool) throws(Failure) {
    try check(path)
    guard force || !FileManager.default.fileExists(atPath: path) else {
      throw Failure(.cannotCreate, "\(path): exists; --force replaces it")
    }
  }

  /// The size of the file at `path`, in bytes.
  static func size(_ path: String) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
  }

  /// Writes `data` to `path`, replacing what is there only when everything was written.
  static func write(_ data: Data, to path: String) throws(Failure) {
    try check(path)
    do {
      try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw Failure(.cannotCreate, "\(path): cannot be written: \(error.reason)")
    }
  }
}
