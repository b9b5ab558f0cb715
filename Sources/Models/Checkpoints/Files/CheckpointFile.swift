import Files
import Foundation
import Synchronization

/// The file or folder that a person named, with the files beside it.
struct CheckpointFile: Sendable {
  /// The location of the file or folder.
  let url: URL
  /// Whether this is a folder.
  let isFolder: Bool
  /// The bytes of the file; empty for a folder.
  let data: Data

  /// The files beside this one, or in the folder, where they are not on disk.
  private let neighbours: [String: Data]?
  private let reading = Reading()

  /// Keeps the names of the neighbours that are read.
  private final class Reading: Sendable {
    let names = Mutex<[String]>([])
  }

  /// The paths of the neighbours that were read, each once.
  var pathsRead: [String] {
    let others = reading.names.withLock { $0 }.filter { isFolder || $0 != url.lastPathComponent }
    return others.map { folder.appending(path: $0).path(percentEncoded: false) }
  }

  /// Creates a file of these bytes, with only `neighbours` beside it.
  init(name: String, data: Data, neighbours: [String: Data] = [:]) {
    url = URL(filePath: "/nowhere").appending(path: name)
    isFolder = false
    self.data = data.withoutByteOrderMark
    self.neighbours = neighbours
  }

  /// Creates a folder with these files in it.
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
    data = isFolder ? Data() : try Self.contents(of: url, called: "")
  }

  /// The name without folder and ending.
  var name: String { url.deletingPathExtension().lastPathComponent }

  /// The folder of the neighbours: the folder itself if this is one.
  var folder: URL { isFolder ? url : url.deletingLastPathComponent() }

  /// Returns the file's bytes, for reading as `format`.
  func bytes(format: String) -> Bytes { Bytes(data, format: format) }

  /// The names of the files beside the file, or in the folder.
  var neighbourNames: [String] {
    if let neighbours { return Array(neighbours.keys) }
    return (try? FileName.names(in: folder.path(percentEncoded: false))) ?? []
  }

  /// The names of the neighbours with a checkpoint's ending, sorted.
  var checkpointNames: [String] {
    neighbourNames.filter {
      CheckpointReader.endings.contains(URL(filePath: $0).pathExtension.lowercased())
    }.sorted()
  }

  /// Opens the file called `name` in the folder.
  func part(_ name: String) throws(ImportError) -> CheckpointFile {
    guard let neighbours else {
      return try CheckpointFile(path: folder.appending(path: name).path(percentEncoded: false))
    }
    return CheckpointFile(name: name, data: neighbours[name] ?? Data(), neighbours: neighbours)
  }

  /// Whether there is a file called `name` beside the file, or in the folder.
  func hasNeighbour(_ name: String) -> Bool {
    if let neighbours { return neighbours[name] != nil }
    return FileName.kind(at: folder.appending(path: name).path(percentEncoded: false)) != nil
  }

  /// Returns the bytes of the file called `name` beside the file, or in the folder; `name` must not
  /// lead elsewhere.
  func neighbour(_ name: String, format: String) throws(ImportError) -> Bytes {
    guard !name.isEmpty, !name.hasPrefix("/"), !name.split(separator: "/").contains("..") else {
      throw .damaged(format: format, problem: "a part of it lies in \(name), not beside the file")
    }
    guard hasNeighbour(name) else { throw .damaged(format: format, problem: "\(name) is missing") }
    let data: Data
    if let neighbours {
      data = (neighbours[name] ?? Data()).withoutByteOrderMark
    } else {
      data = try Self.contents(of: folder.appending(path: name), called: "\(name) ")
    }
    if let standIn = Appearance.standIn(data) {
      throw .damaged(format: format, problem: "\(name) is \(standIn)")
    }
    reading.names.withLock { if !$0.contains(name) { $0.append(name) } }
    return Bytes(data, format: format)
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

  /// The largest file that is read, in bytes: more than a MobileNet with an optimizer's state
  /// takes.
  private static let mostBytes = 4 << 30

  /// Reads the file at `url`; `called` begins the reason why it can't.
  private static func contents(of url: URL, called name: String) throws(ImportError) -> Data {
    do {
      return try FileBytes.contents(of: url.path(percentEncoded: false), limit: mostBytes)
        .withoutByteOrderMark
    } catch {
      throw .unreadable("\(name)cannot be read: \(error)")
    }
  }
}

extension Data {
  /// The same without the mark that some editors put before a text.
  ///
  /// A file of raw numbers begins so once in 16 million.
  fileprivate var withoutByteOrderMark: Data {
    starts(with: "\u{FEFF}".utf8) ? Data(dropFirst(3)) : self
  }
}
