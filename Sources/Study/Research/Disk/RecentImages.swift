import Files
import Foundation

/// The images that were opened last, kept from one time to the next in a file with a path per line:
/// mobilenet-explorer/recent in $XDG_STATE_HOME (~/.local/state).
public enum RecentImages {
  /// How many are kept.
  private static let limit = 20

  /// Those that are still there, the latest first.
  static var entries: [FolderEntry] {
    paths.filter { FileName.kind(at: $0) != nil }.map {
      FolderEntry(name: $0, path: $0, isFolder: false)
    }
  }

  /// Puts the image at `path` before the others; a pipe is nothing to come back to.
  public static func add(_ path: String) {
    guard path != "-" else { return }
    let path = URL(fileURLWithPath: path).standardizedFileURL.path
    let kept = ([path] + paths.filter { $0 != path }).prefix(limit)
    let folder = file.deletingLastPathComponent()
    // Where nothing can be written nothing is remembered; that is no reason to bother anybody.
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try? WholeFile.write(Data((kept.joined(separator: "\n") + "\n").utf8), to: file.path)
  }

  private static var paths: [String] {
    let text =
      (try? FileBytes.contents(of: file.path, limit: 1 << 20))
      .map { String(decoding: $0, as: UTF8.self) } ?? ""
    return text.split(separator: "\n").map(String.init)
  }

  private static var file: URL {
    URL(fileURLWithPath: UserFolder.state.path() + "/recent")
  }
}
