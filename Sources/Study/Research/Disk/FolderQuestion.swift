import Files
import Foundation
import Images

/// What is in a folder: the folder above, folders, and files of a kind.
public struct FolderQuestion: Question {
  /// A folder that was read.
  public struct Answer: Equatable, Sendable {
    /// Where it is, from the root.
    public let folder: String
    /// What is in it.
    public let entries: [FolderEntry]

    /// States what is in `folder`.
    public init(folder: String, entries: [FolderEntry]) {
      self.folder = folder
      self.entries = entries
    }
  }

  /// Reads the disk.
  public static let lane = Lane.disk
  /// The folder's path; ~ is the person's home.
  public let path: String
  /// The files that count.
  public let kind: FileKind

  /// Asks what of `kind` is in the folder at `path`.
  public init(_ path: String, for kind: FileKind) {
    self.path = path
    self.kind = kind
  }

  /// Reads the folder; throws where there is none, or where it cannot be read.
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

  /// A folder that is a checkpoint itself counts as a file.
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

/// What lies at a path that somebody typed, pasted or dropped.
public struct PathQuestion: Question {
  /// The findings.
  public enum Answer: Equatable, Sendable {
    /// A folder to look into.
    case folder(path: String)
    /// A checkpoint, which may be a folder as well.
    case checkpoint(path: String)
    /// Any other file.
    case file(path: String)
  }

  /// Reads the disk.
  public static let lane = Lane.disk
  /// The path; ~ is the person's home.
  public let path: String

  /// Asks what lies at `path`.
  public init(_ path: String) { self.path = path }

  /// Looks there; throws where there is nothing.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) throws -> Answer {
    let path = UserFolder.file(at: path).path
    guard let kind = FileName.kind(at: path) else { throw Unanswerable.missing(path) }
    if researcher.library.mayRead(path: path) { return .checkpoint(path: path) }
    return kind == .folder ? .folder(path: path) : .file(path: path)
  }
}

extension Unanswerable {
  fileprivate static func missing(_ path: String) -> Unanswerable {
    Unanswerable("\(path): there is no such file or folder")
  }
}

extension UserFolder {
  /// The file that a path means to a shell: ~ is the person's home.
  fileprivate static func file(at path: String) -> URL {
    URL(fileURLWithPath: expanded(path)).standardizedFileURL
  }
}
