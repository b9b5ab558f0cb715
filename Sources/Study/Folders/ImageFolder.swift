import Files
import Foundation
import Images

/// The pictures under a folder, at any depth.
///
/// A file is a picture if its name ends like one, or if its first bytes are those of one. Links are
/// followed, but no folder is entered twice. Hidden files (such as the copies that macOS leaves on
/// other systems) and the kernel's own file systems (/proc, /sys) are left out.
public struct ImageFolder: Sendable {
  /// The folder's path, as given.
  public let path: String
  /// The pictures' paths relative to the folder, in the order of their bytes.
  public let images: [String]

  /// Lists the pictures in `folder`; throws if the folder cannot be read or holds none.
  public init(_ folder: String) throws(FolderError) {
    path = folder
    images = try Self.pictures(under: folder)
    guard !images.isEmpty else { throw .noImages(folder: folder) }
  }

  /// Returns the path of the picture at `relative`.
  public func path(of relative: String) -> String { Self.path(of: relative, in: path) }

  /// Returns the path of the file at `relative`, which is absolute or relative to `folder`.
  public static func path(of relative: String, in folder: String) -> String {
    relative.hasPrefix("/") ? relative : joined(folder, relative)
  }

  /// Returns the paths of all pictures under `folder`, relative to it and sorted; empty if it holds
  /// none.
  static func pictures(under folder: String) throws(FolderError) -> [String] {
    var found: [String] = []
    var entered: Set<FileID> = []
    do throws(POSIXError) {
      try collect(folder, "", into: &found, entered: &entered)
    } catch {
      throw .unread(folder, .system(error))
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Returns the names of the folders in `folder`, sorted; a link to a folder counts.
  static func folders(in folder: String) throws(FolderError) -> [String] {
    do throws(POSIXError) {
      return try FileName.names(in: folder).filter { isFolder(joined(folder, $0)) }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    } catch {
      throw .unread(folder, .system(error))
    }
  }

  static func joined(_ folder: String, _ name: String) -> String {
    folder.isEmpty || folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// Whether there is a folder at `path`.
  public static func isFolder(_ path: String) -> Bool { FileName.kind(at: path) == .folder }

  private static func collect(
    _ folder: String, _ prefix: String, into found: inout [String], entered: inout Set<FileID>
  ) throws(POSIXError) {
    if let id = FileID(folder) {
      guard !kernel.contains(id.device), entered.insert(id).inserted else { return }
    }
    for name in try FileName.names(in: folder) {
      let path = joined(folder, name)
      switch FileName.kind(at: path) {
      case .folder:
        // A folder that may not be read does not hide the pictures of the others.
        try? collect(path, prefix + name + "/", into: &found, entered: &entered)
      case .file where PictureFiles.isPicture(path): found.append(prefix + name)
      default: break
      }
    }
  }

  /// The identity of a folder, whichever links lead to it.
  private struct FileID: Hashable {
    let device: dev_t
    let number: ino_t

    init?(_ path: String) {
      var status = stat()
      guard stat(FileName.bytes(of: path), &status) == 0 else { return nil }
      (device, number) = (status.st_dev, status.st_ino)
    }
  }

  /// The devices of the kernel's file systems: their files are no pictures, and their links lead
  /// anywhere.
  private static let kernel: Set<dev_t> = {
    // If nothing is mounted there, these folders lie on the disk.
    let disk = FileID("/")?.device
    return Set(["/proc", "/sys"].compactMap { FileID($0)?.device }.filter { $0 != disk })
  }()
}
