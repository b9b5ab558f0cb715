import Catalogue
import Checkpoints
import Explorer
import Files
import Folders
import Foundation
import Images
import MobileNet
import Research

/// The thing that a person opens the explorer on: an image, a folder of images, or a saved session.
struct Opening {
  /// The images to step through.
  let album: Album
  /// The session to restore; nil unless `path` is one.
  let session: SavedSession?
  private let path: String

  /// Finds out what lies at `path` and reads it if it is a session.
  init(_ path: String) throws {
    self.path = path
    let kind = FileName.kind(at: path)
    if kind == .folder {
      album = Album(try Self.images(in: path), of: path)
      session = nil
    } else if kind == .file, let saved = try Self.session(at: path) {
      var session = saved
      session.locateFiles { Self.file($0, besides: path) }
      let beside = URL(fileURLWithPath: session.image).deletingLastPathComponent().path
      let folder = session.files.folder
      let others = session.hasFolder ? (try? Self.images(in: folder ?? beside)) ?? [] : []
      // Without its photo, the session shows the others.
      let isGone = !others.isEmpty && FileName.kind(at: session.image) == nil
      album = Album(
        isGone ? [session.image] + others : others, of: folder, showing: session.image)
      self.session = session
    } else {
      album = Album([path])
      session = nil
    }
  }

  /// Runs `body`; if a session was opened, a failure names its file.
  func reading<Result>(_ body: () throws -> Result) throws -> Result {
    session == nil ? try body() : try Failure.telling("\(path), a session", body)
  }

  /// Runs `body`, which reads the file `given` with `option`, or else the session's; a failure names
  /// whichever it was.
  func reading<Result>(
    _ option: String, _ given: String?, _ body: () throws -> Result
  ) throws -> Result {
    given == nil ? try reading(body) : try Failure.naming(option, body)
  }

  /// Returns the session's list of true classes, if there is one, once it could be read.
  func savedTruth() throws -> TruthList? {
    try reading {
      guard let truth = session?.files.truth else { return nil }
      _ = try NamedImages(list: truth.path, folder: truth.folder)
      return truth
    }
  }

  /// Returns the image to begin with, which in a folder is the first that can be read, and the album
  /// that shows it; notes why another was passed over.
  func firstPhoto(
    for checkpoint: Checkpoint, resolution: Resolution
  ) throws -> (Photo, Album) {
    var album = album
    var failures: [Failure] = []
    while true {
      do {
        let photo = try ImageInput(album.path).photo(for: checkpoint, resolution: resolution)
        if let first = failures.first {
          let others = failures.count - 1
          Console.note(first.reason + (others > 0 ? " (and \(others) more cannot be read)" : ""))
        }
        return (photo, album)
      } catch {
        failures.append(Failure(error))
        guard album.skipShown() else { throw failures[0] }
      }
    }
  }

  /// Returns the session's choice of lessons, if there is one.
  func savedLessons() throws -> LessonChoice? {
    try reading {
      guard let named = session?.files.lessons, !named.isEmpty else { return nil }
      guard let choice = LessonChoice(words: named) else {
        let known = LessonChoice.allValueStrings.joined(separator: ", ")
        throw Failure(
          .data, "no lessons \"\(named.joined(separator: ","))\"; there are \(known)")
      }
      return choice
    }
  }

  /// Returns the list of true classes at `path`, whose images lie in the folder that was opened, or
  /// else beside the photo or beside the list.
  func truth(_ path: String) throws -> TruthList {
    try Failure.naming("--truth") {
      let beside = URL(fileURLWithPath: path).deletingLastPathComponent().path
      let folders = album.opened.map { [$0] } ?? [album.folder, beside]
      // The explorer reads it whenever the results are opened.
      if FileName.kind(at: path) == .other { throw Failure(.noInput, "\(path): is no plain file") }
      _ = try NamedImages(list: path, folder: folders[0])
      guard let folder = folders.first(where: { NamedImages.isList(path, folder: $0) }) else {
        let places = folders.joined(separator: " or ")
        throw Failure(.data, "\(path): none of its images is in \(places)")
      }
      return TruthList(path, in: folder)
    }
  }

  /// Returns the path of the file that a session calls `name`: relative to the session's file, never
  /// to the working directory, where another file may have that name.
  ///
  /// Weights that come with the program or were fetched keep their name.
  private static func file(_ name: String, besides session: String) -> String {
    let folder = URL(fileURLWithPath: session).deletingLastPathComponent()
    let path = URL(fileURLWithPath: name, relativeTo: folder).path
    return FileName.kind(at: path) == nil && WeightsCatalogue.isName(name) ? name : path
  }

  /// Returns the images in `folder`, or if it directly holds none, those in the folders within it.
  private static func images(in folder: String) throws -> [String] {
    let names: [String]
    do {
      names = try FileName.names(in: folder)
    } catch {
      throw Failure(.noInput, "\(folder): cannot be read: \(error.reason)")
    }
    let images = names.filter { PictureFiles.isPicture("\(folder)/\($0)") }
    if !images.isEmpty { return images.map { ImageFolder.path(of: $0, in: folder) } }
    // For example a folder that holds a folder for each class.
    let inside = try ImageFolder(folder)
    return inside.images.map { inside.path(of: $0) }
  }

  /// Returns the session in the file; nil for a file that is no JSON.
  private static func session(at path: String) throws -> SavedSession? {
    // No session is this large, and no image begins with a brace.
    guard let data = try? FileBytes.contents(of: path, limit: 1 << 20),
      data.first == UInt8(ascii: "{")
    else { return nil }
    guard String(decoding: data, as: UTF8.self).contains(SavedSession.format) else {
      throw Failure(.data, "\(path): JSON, but no session that was saved here")
    }
    let session: SavedSession
    do {
      let header = try JSONDecoder().decode(SavedSession.Header.self, from: data)
      guard header.version == SavedSession.version else {
        throw Failure(
          .data,
          "\(path): a session of version \(header.version), expected \(SavedSession.version)")
      }
      session = try JSONDecoder().decode(SavedSession.self, from: data)
    } catch let error as DecodingError {
      throw Failure(.data, "\(path): a damaged session file: \(error.reason(reading: data))")
    }
    do {
      _ = try Overrides(session.said)
    } catch {
      throw Failure(.data, "\(path): a damaged session file: \(error)")
    }
    guard session.resolution.isAllowed else {
      throw Failure(
        .data,
        "\(path): a damaged session file: the resolution is \(session.resolution), expected "
          + Resolution.allowed)
    }
    return session
  }
}
