import Foundation

/// Where the files that come with the program are.
public enum ResourceFolder {
  /// The folder of `target`'s resources: beside the program, where builds put it, or else that of
  /// `source`, the target's own source file, where the program was built.
  ///
  /// Where neither is there, as beside a program that was copied to another machine, it is the first
  /// of them all the same: whoever opens a file in it learns what is missing.
  public static func of(_ target: String, source: String) -> URL {
    let folder = Bundle.main.bundleURL
    let built = ["resources", "bundle"].map {
      folder.appendingPathComponent("mobilenet-explorer_\(target).\($0)")
    }
    let sources = URL(fileURLWithPath: source).deletingLastPathComponent()
    let found = (built + [sources]).first { FileManager.default.fileExists(atPath: $0.path) }
    return found ?? built[0]
  }
}
