import Foundation

/// What a person pointed at: a file or a folder, with what lies beside it.
struct CheckpointFile: Sendable {
  /// Where it is.
  let url: URL
  /// Whether it is a folder.
  let isFolder: Bool
  /// The bytes; none for a folder.
  let data: Data

  /// A file of these bytes with nothing beside it.
  init(name: String, data: Data) {
    url = URL(filePath: "/nowhere").appending(path: name)
    isFolder = false
    self.data = data
  }

  /// Opens the file or folder at `path`; a file is mapped, not copied.
  init(path: String) throws(ImportError) {
    url = URL(filePath: path)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .unreadable("no such file or folder")
    }
    self.isFolder = isFolder.boolValue
    data = self.isFolder ? Data() : try Self.contents(of: url)
  }

  /// The name without folder and extension.
  var name: String { url.deletingPathExtension().lastPathComponent }

  /// The folder that files beside this one lie in: the folder itself if it is one.
  var folder: URL { isFolder ? url : url.deletingLastPathComponent() }

  /// The bytes, for reading them as `format`.
  func bytes(format: String) -> Bytes { Bytes(data, format: format) }

  /// Whether there is a file called `name` beside it, or in it.
  func hasNeighbour(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: name).path(percentEncoded: false))
  }

  /// The bytes of the file called `name` beside it, or in it.
  func neighbour(_ name: String, format: String) throws(ImportError) -> Bytes {
    guard hasNeighbour(name) else { throw .damaged(format: format, problem: "\(name) is missing") }
    return Bytes(try Self.contents(of: folder.appending(path: name)), format: format)
  }

  private static func contents(of url: URL) throws(ImportError) -> Data {
    do {
      return try Data(contentsOf: url, options: .mappedIfSafe)
    } catch {
      throw .unreadable("\(url.lastPathComponent) can't be read")
    }
  }
}
