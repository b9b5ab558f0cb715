import Foundation

/// A file that a command writes.
enum OutputFile {
  /// Throws unless a file can come to `path`: where one stands, `force` has to be given, and what is no
  /// plain file, such as a device, a pipe or a link, is not replaced.
  static func check(_ path: String, force: Bool) throws {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if isFolder.boolValue { throw Failure(.cannotCreate, "\(path): is a folder") }
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let type = attributes?[.type] as? FileAttributeType
    guard type == nil || type == .typeRegular else {
      throw Failure(.cannotCreate, "\(path): is not a plain file")
    }
    guard force || !exists else {
      throw Failure(.cannotCreate, "\(path): exists; --force replaces it")
    }
  }

  /// The size of the file at `path`, in bytes.
  static func size(_ path: String) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
  }
}
