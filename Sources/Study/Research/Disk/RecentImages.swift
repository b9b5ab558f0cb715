import Files
import Foundation

/// The images that were opened last, kept between sessions in a file with a path per line:
/// mobilenet-explorer/recent in $XDG_STATE_HOME (~/.local/state).
public enum RecentImages {
  /// The maximum number of images kept.
  private static let limit = 20

  /// The images that still exist, the latest first.
  static var entries: [FolderEntry] {
    paths.filter { FileName.kind(at: $0) != nil }.map {
      FolderEntry(name: $0, path: $0, isFolder: false)
    }
  }

  /// Puts the image at `path` before the others; standard input (`-`) is not remembered.
  public static func add(_ path: String) {
    guard path != "-" else { return }
    let path = URL(fileURLWithPath: path).standardizedFileURL.path
    let kept = ([path] + paths.filter { $0 != path }).prefix(limit)
    let folder = file.deletingLastPathComponent()
    // If nothing can be written, nothing is remembered, and nobody is told.
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
