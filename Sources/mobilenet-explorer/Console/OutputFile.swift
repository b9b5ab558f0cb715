import Files
import Foundation
import Images

/// A file that a command writes.
enum OutputFile {
  /// Throws where nothing can be written to `path` because of what stands there: a folder, a device,
  /// or a folder that is missing; before an hour's work, not after it.
  static func check(_ path: String) throws(Failure) {
    guard !path.isEmpty else { throw Failure(.usage, "--output: expected a name") }
    switch FileName.kind(at: path) {
    case .folder: throw Failure(.cannotCreate, "\(path): is a folder")
    case .other: throw Failure(.cannotCreate, "\(path): is not a plain file")
    case .file, nil: break
    }
    let place = FileName.destination(of: path)
    let folder = URL(fileURLWithPath: place).deletingLastPathComponent().path
    guard access(FileName.bytes(of: folder), W_OK) == 0 else {
      let isThere = FileName.kind(at: folder) != nil
      throw Failure(
        .cannotCreate,
        "\(path): \(folder) \(isThere ? "may not be written to" : "is not there")")
    }
  }

  /// Throws as `check` does, and where a file stands at `path` unless `force` is given.
  static func check(_ path: String, force: Bool) throws(Failure) {
    try check(path)
    guard force || FileName.kind(at: path) == nil else {
      throw Failure(.cannotCreate, "\(path): exists; --force replaces it")
    }
  }

  /// Throws as `check` does, and where one of `inputs` would be replaced: what is read would be lost.
  static func check(_ path: String, isNoneOf inputs: [String]) throws(Failure) {
    try check(path)
    guard let own = FileName.resolved(path) else { return }
    guard !inputs.contains(where: { FileName.resolved($0) == own }) else {
      throw Failure(.usage, "\(path): is read as well; expected another name")
    }
  }

  /// Throws as `check` does, and where a picture would be replaced by something that is none.
  static func check(noPicture path: String) throws(Failure) {
    try check(path)
    guard !PictureFiles.isPicture(path) else {
      throw Failure(.usage, "\(path): is a picture, or named like one; expected another name")
    }
  }

  /// Throws where no folder can be made at `path`, or where files would be replaced in one that is
  /// there, unless `force` is given.
  static func check(folder path: String, force: Bool) throws(Failure) {
    guard let kind = FileName.kind(at: path) else { return try check(path) }
    guard kind == .folder else { throw Failure(.cannotCreate, "\(path): is no folder") }
    let isEmpty = (try? FileName.names(in: path))?.isEmpty ?? false
    guard isEmpty || force else {
      throw Failure(.cannotCreate, "\(path): is not empty; --force replaces what is in it")
    }
  }

  /// Writes `data` to `path`, replacing what is there only when everything was written.
  static func write(_ data: Data, to path: String) throws(Failure) {
    try check(path)
    do {
      try WholeFile.write(data, to: path)
    } catch {
      throw Failure(.cannotCreate, "\(path): cannot be written: \(error.reason)")
    }
  }
}
