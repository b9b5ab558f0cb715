import Files
import Foundation
import Images

/// The file that a command writes, and the checks on its path before the work begins.
enum OutputFile {
  /// The path that stands for standard output, which takes text alone.
  static let standardOutput = "-"

  /// Throws if nothing can be written to `path`: it is empty, standard output, a folder or a device,
  /// or its folder is missing or read-only.
  static func check(_ path: String) throws(Failure) {
    guard !path.isEmpty else { throw Failure(.usage, "--output: expected a name") }
    guard path != standardOutput else {
      throw Failure(
        .usage, "-: standard output takes text alone; expected a name (./- is a file called -)")
    }
    if path.hasSuffix("/") {
      throw Failure(.cannotCreate, "\(path): names a folder, expected a file's name")
    }
    switch FileName.kind(at: path) {
    case .folder: throw Failure(.cannotCreate, "\(path): is a folder")
    case .other: throw Failure(.cannotCreate, "\(path): is not a plain file")
    case .file, nil: break
    }
    let target = FileName.destination(of: path)
    let folder = URL(fileURLWithPath: target).deletingLastPathComponent().path
    guard access(FileName.bytes(of: folder), W_OK) == 0 else {
      let isThere = FileName.kind(at: folder) != nil
      throw Failure(
        .cannotCreate,
        "\(path): \(folder) \(isThere ? "may not be written to" : "is not there")")
    }
  }

  /// Throws as `check(_:)` does, and if a file exists at `path` unless `force` is given.
  static func check(_ path: String, force: Bool) throws(Failure) {
    try check(path)
    guard force || FileName.kind(at: path) == nil else {
      throw Failure(.cannotCreate, "\(path): exists; --force replaces it")
    }
  }

  /// Throws as `check(_:)` does, and if writing would replace one of `inputs`.
  static func check(_ path: String, isNoneOf inputs: [String]) throws(Failure) {
    try check(path)
    guard let own = FileName.resolved(path) else { return }
    guard !inputs.contains(where: { FileName.resolved($0) == own }) else {
      throw Failure(.usage, "\(path): is read as well; expected another name")
    }
  }

  /// Throws as `check(_:)` does, and if `path` is a picture or named like one.
  static func check(noPicture path: String) throws(Failure) {
    try check(path)
    guard !PictureFiles.isPicture(path) else {
      throw Failure(.usage, "\(path): is a picture, or named like one; expected another name")
    }
  }

  /// Throws if no folder can be made at `path`, or if one exists there that is not empty unless
  /// `force` is given.
  static func check(folder path: String, force: Bool) throws(Failure) {
    guard path != standardOutput, let kind = FileName.kind(at: path) else {
      return try check(FileName.withoutLastSlashes(path))
    }
    guard kind == .folder else { throw Failure(.cannotCreate, "\(path): is no folder") }
    let isEmpty = (try? FileName.names(in: path))?.isEmpty ?? false
    guard isEmpty || force else {
      throw Failure(.cannotCreate, "\(path): is not empty; --force replaces what is in it")
    }
  }

  /// Throws as `check(_:)` does, unless `path` is standard output.
  static func check(text path: String) throws(Failure) {
    if path != standardOutput { try check(path) }
  }

  /// Writes `text` to `path`, which may be standard output, as `write(_:to:)` does.
  static func write(text: String, to path: String) throws(Failure) {
    if path == standardOutput { return try Output.write(text) }
    try write(FileName.data(of: text), to: path)
  }

  /// Writes `data` to `path`; an existing file is replaced only when all of it was written.
  static func write(_ data: Data, to path: String) throws(Failure) {
    try check(path)
    do {
      try WholeFile.write(data, to: path)
    } catch {
      throw Failure(.cannotCreate, "\(path): cannot be written: \(error.reason)")
    }
  }
}
