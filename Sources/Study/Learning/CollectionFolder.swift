import Files
import Foundation
import Synchronization

/// The folder of a collection of pictures: a list, and the recorded pictures.
///
/// Both are written at every change, so that nothing is lost however the program ends.
public struct CollectionFolder: Hashable, Sendable {
  /// The path of the folder.
  public let path: String

  /// The folders that this program has locked, each with the descriptor of its lock file.
  private static let held = Mutex<[String: Int32]>([:])

  private var list: String { path + "/collection.json" }

  /// Locks the folder at `path` or, if another program has locked it, the first free one of
  /// `path-2`, `path-3` and so on.
  ///
  /// Throws a `CollectionError` if none can be made.
  public init(_ path: String) throws {
    for number in 1...100 {
      let path = number == 1 ? path : "\(path)-\(number)"
      if try Self.hold(path) {
        self.path = path
        return
      }
    }
    throw CollectionError(path, "is used by other programs, and so are 99 more")
  }

  /// Locks the folder at `path`, unless this program has done so; returns false if another program
  /// has.
  private static func hold(_ path: String) throws -> Bool {
    try held.withLock { held in
      if held[path] != nil { return true }
      do {
        try FileManager.default.createDirectory(
          atPath: path + "/pictures", withIntermediateDirectories: true)
      } catch {
        throw CollectionError(path, "can't be made: \(error.reason)")
      }
      let file = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
      guard file >= 0 else {
        throw CollectionError(path, "can't be written: \(String(cString: strerror(errno)))")
      }
      guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
        close(file)
        return false
      }
      held[path] = file
      return true
    }
  }

  /// Returns the collection that was kept, an empty one for a new folder.
  ///
  /// Recorded pictures that belong to no class any more are deleted.
  public func read() throws -> PictureCollection {
    let collection = try kept()
    let used = Set(collection.classes.flatMap(\.pictures))
    for name in (try? FileManager.default.contentsOfDirectory(atPath: path + "/pictures")) ?? []
    where !used.contains("pictures/" + name) {
      try? FileManager.default.removeItem(atPath: path + "/pictures/" + name)
    }
    return collection
  }

  private func kept() throws -> PictureCollection {
    guard FileManager.default.fileExists(atPath: list) else { return PictureCollection() }
    do {
      let data = try FileBytes.contents(of: list, limit: 64 << 20)
      return try JSONDecoder().decode(PictureCollection.self, from: data)
    } catch let error as DecodingError {
      throw CollectionError(
        list, "is damaged: \(error.localizedDescription); move it away to begin anew")
    } catch {
      throw CollectionError(list, "can't be read: \(error.reason)")
    }
  }

  /// Writes `collection` in place of the one that was kept.
  public func keep(_ collection: PictureCollection) throws {
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      try WholeFile.write(try encoder.encode(collection), to: list)
    } catch {
      throw CollectionError(list, "can't be written: \(error.reason)")
    }
  }

  /// Returns the path of a picture of the collection.
  public func path(of picture: String) -> String {
    picture.hasPrefix("/") ? picture : path + "/" + picture
  }

  /// Copies every picture of `collection` into a folder per class in a new folder at `target`.
  public func export(_ collection: PictureCollection, to target: String) throws {
    for entry in collection.entries {
      let copy = target + "/" + entry.name
      do {
        try FileName.makeFolder(at: URL(fileURLWithPath: copy).deletingLastPathComponent().path)
        // `copyItem` would keep the owner too, which fails with another user's photo.
        try WholeFile.write(
          FileBytes.contents(of: path(of: entry.picture), limit: .max), to: copy)
      } catch {
        throw CollectionError(copy, "can't be written: \(error.reason)")
      }
    }
  }
}

/// The reason why a collection can't be read or kept.
public struct CollectionError: Error, Equatable, CustomStringConvertible {
  /// One line that names the file.
  public let description: String

  init(_ path: String, _ problem: String) { description = "\(path): \(problem)" }
}
