import Files
import Foundation
import Images

/// The contents of a folder: the folder above, folders, and files of a kind.
public struct FolderQuestion: Question {
  /// A folder that was read.
  public struct Answer: Equatable, Sendable {
    /// The path of the folder, from the root.
    public let folder: String
    /// The contents of the folder.
    public let entries: [FolderEntry]

    /// Creates the contents of `folder`.
    public init(folder: String, entries: [FolderEntry]) {
      self.folder = folder
      self.entries = entries
    }
  }

  /// The work reads the disk.
  public static let lane = Lane.disk
  /// The folder's path; ~ is the person's home.
  public let path: String
  /// The kind of files to list.
  public let kind: FileKind

  /// Asks for the folders and the files of `kind` in the folder at `path`.
  public init(_ path: String, for kind: FileKind) {
    self.path = path
    self.kind = kind
  }

  /// Reads the folder; throws an `Unanswerable` if it is missing or cannot be read.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) throws -> Answer {
    let folder = UserFolder.file(at: path)
    let names: [String]
    do throws(POSIXError) {
      names = try FileName.names(in: folder.path)
    } catch {
      guard FileName.kind(at: folder.path) != nil else { throw Unanswerable.missing(folder.path) }
      throw Unanswerable("\(folder.path): cannot be read: \(error.reason)")
    }
    let entries = names.compactMap { entry($0, in: folder.path, researcher.library) }
    let sorted = entries.sorted {
      ($1.isFolder ? 1 : 0, $0.name) < ($0.isFolder ? 1 : 0, $1.name)
    }
    let above = FolderEntry(
      name: "..", path: folder.deletingLastPathComponent().path, isFolder: true)
    return Answer(folder: folder.path, entries: [above] + sorted)
  }

  /// Returns the entry called `name`; a folder that is a checkpoint counts as a file.
  private func entry(_ name: String, in folder: String, _ library: any Library) -> FolderEntry? {
    let path = folder + "/" + name
    let isFolder = FileName.kind(at: path) == .folder
    let isFile =
      switch kind {
      case .images: !isFolder && PictureFiles.isPicture(path)
      case .checkpoints: library.mayRead(path: path)
      }
    guard isFile || isFolder else { return nil }
    return FolderEntry(name: name, path: path, isFolder: !isFile)
  }
}

/// The kind of item at a path that a person typed, pasted or dropped.
public struct PathQuestion: Question {
  /// An item at the path.
  public enum Answer: Equatable, Sendable {
    /// A folder to look into.
    case folder(path: String)
    /// A checkpoint, which may be a folder as well.
    case checkpoint(path: String)
    /// Any other file.
    case file(path: String)
  }

  /// The work reads the disk.
  public static let lane = Lane.disk
  /// The path; ~ is the person's home.
  public let path: String

  /// Asks for the kind of item at `path`.
  public init(_ path: String) { self.path = path }

  /// Looks at the path; throws an `Unanswerable` if nothing is there.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) throws -> Answer {
    let path = UserFolder.file(at: path).path
    guard let kind = FileName.kind(at: path) else { throw Unanswerable.missing(path) }
    if researcher.library.mayRead(path: path) { return .checkpoint(path: path) }
    return kind == .folder ? .folder(path: path) : .file(path: path)
  }
}

extension Unanswerable {
  fileprivate static func missing(_ path: String) -> Unanswerable {
    Unanswerable("\(path): no such file or folder")
  }
}

extension UserFolder {
  /// Returns the file that a shell would find at a path: ~ is the person's home.
  fileprivate static func file(at path: String) -> URL {
    URL(fileURLWithPath: expanded(path)).standardizedFileURL
  }
}
