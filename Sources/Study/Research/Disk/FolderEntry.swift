/// A folder or a file.
public struct FolderEntry: Equatable, Sendable {
  /// The name without folders.
  public let name: String
  /// The path.
  public let path: String
  /// Whether the entry is a folder.
  public let isFolder: Bool

  /// Creates an entry for a file or a folder.
  public init(name: String, path: String, isFolder: Bool) {
    self.name = name
    self.path = path
    self.isFolder = isFolder
  }
}

/// The kind of files to look for.
public enum FileKind: Hashable, Sendable {
  /// PNG and JPEG files.
  case images
  /// Checkpoints, which may be folders as well.
  case checkpoints
}
