import Files
import Foundation

/// What a person pointed at: a file or a folder, with what lies beside it.
struct CheckpointFile: Sendable {
  /// Where it is.
  let url: URL
  /// Whether it is a folder.
  let isFolder: Bool
  /// The bytes; none for a folder.
  let data: Data

  /// What lies beside it, or in it, if that is known without looking.
  private let neighbours: [String: Data]?

  /// A file of these bytes with nothing else beside it than `neighbours`.
  init(name: String, data: Data, neighbours: [String: Data] = [:]) {
    url = URL(filePath: "/nowhere").appending(path: name)
    isFolder = false
    self.data = data
    self.neighbours = neighbours
  }

  /// A folder with these files in it.
  init(folder name: String, files: [String: Data]) {
    url = URL(filePath: "/nowhere").appending(path: name)
    isFolder = true
    data = Data()
    neighbours = files
  }

  /// Opens the file or folder at `path`; a long file is mapped, not copied.
  init(path: String) throws(ImportError) {
    url = URL(filePath: path)
    neighbours = nil
    guard let kind = FileName.kind(at: path) else {
      throw .unreadable("no such file or folder")
    }
    isFolder = kind == .folder
    data = isFolder ? Data() : try Self.contents(of: url)
  }

  /// The name without folder and extension.
  var name: String { url.deletingPathExtension().lastPathComponent }

  /// The folder that files beside this one lie in: the folder itself if it is one.
  var folder: URL { isFolder ? url : url.deletingLastPathComponent() }

  /// The bytes, for reading them as `format`.
  func bytes(format: String) -> Bytes { Bytes(data, format: format) }

  /// The names of the files beside it, or in it.
  var neighbourNames: [String] {
    if let neighbours { return Array(neighbours.keys) }
    return (try? FileName.names(in: folder.path(percentEncoded: false))) ?? []
  }

  /// The names among them that end as checkpoints do.
  var checkpointNames: [String] {
    neighbourNames.filter {
      CheckpointReader.endings.contains(URL(filePath: $0).pathExtension.lowercased())
    }.sorted()
  }

  /// The file called `name` in the folder, with the others beside it.
  func part(_ name: String) throws(ImportError) -> CheckpointFile {
    guard let neighbours else {
      return try CheckpointFile(path: folder.appending(path: name).path(percentEncoded: false))
    }
    return CheckpointFile(name: name, data: neighbours[name] ?? Data(), neighbours: neighbours)
  }

  /// Whether there is a file called `name` beside it, or in it.
  func hasNeighbour(_ name: String) -> Bool {
    if let neighbours { return neighbours[name] != nil }
    return FileName.kind(at: folder.appending(path: name).path(percentEncoded: false)) != nil
  }

  /// The bytes of the file called `name` beside it, or in it; `name` must not lead elsewhere.
  func neighbour(_ name: String, format: String) throws(ImportError) -> Bytes {
    guard !name.isEmpty, !name.hasPrefix("/"), !name.split(separator: "/").contains("..") else {
      throw .damaged(format: format, problem: "a part of it lies in \(name), not beside the file")
    }
    if let neighbours, let data = neighbours[name] { return Bytes(data, format: format) }
    guard hasNeighbour(name) else { throw .damaged(format: format, problem: "\(name) is missing") }
    return Bytes(try Self.contents(of: folder.appending(path: name)), format: format)
  }

  /// The text of a network that is kept in two files, and what both are called without their endings.
  ///
  /// This is the text, which `begins` as it should, or the file of numbers, `.bin`, or a folder with one of
  /// each.
  func pair(
    ending: String, format: String, begins: (Bytes) -> Bool
  ) -> (stem: String, text: Bytes)? {
    let own = bytes(format: format)
    if begins(own) { return (name, own) }
    let stem: String
    if isFolder {
      let names = neighbourNames.filter { $0.hasSuffix(ending) }
      guard names.count == 1 else { return nil }
      stem = String(names[0].dropLast(ending.count))
    } else {
      guard url.pathExtension.lowercased() == "bin" else { return nil }
      stem = name
    }
    guard hasNeighbour(stem + ending), let text = try? neighbour(stem + ending, format: format),
      begins(text)
    else { return nil }
    return (stem, text)
  }

  /// More than any file has in which somebody keeps a MobileNet, with an optimizer's state beside it.
  private static let mostBytes = 4 << 30

  private static func contents(of url: URL) throws(ImportError) -> Data {
    do {
      return try FileBytes.contents(of: url.path(percentEncoded: false), limit: mostBytes)
    } catch {
      throw .unreadable("\(url.lastPathComponent) can't be read: \(error)")
    }
  }
}
