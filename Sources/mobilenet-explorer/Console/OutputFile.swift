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
