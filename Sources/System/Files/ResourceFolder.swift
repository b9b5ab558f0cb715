import Foundation

/// Finds the files that come with the program.
public enum ResourceFolder {
  /// The environment variable that names another folder for them, with Weights, Samples and
  /// Lessons in it, or a checkout.
  public static let variable = "MOBILENET_EXPLORER_RESOURCES"

  /// Returns the folder of `target`'s resources: the first of these that exists.
  ///
  /// - The one in the folder that the environment names; if it names one, no other is tried.
  /// - The one beside the program, where builds put it, or in ../share/mobilenet-explorer, where it
  ///   is installed. Links to the program are followed.
  /// - The folder of `source`, the target's own source file, on the machine where the program was
  ///   built.
  ///
  /// If none exists, as for a program copied to another machine, returns the first of them: opening
  /// a file there fails with a message that names the missing file.
  public static func of(
    _ target: String, source: String,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> URL {
    if let folder = environment[variable], !folder.isEmpty {
      // A checkout has the lessons among its sources.
      let named = [target, "Sources/Study/\(target)"].map {
        URL(fileURLWithPath: folder).appendingPathComponent($0)
      }
      return first(of: named)
    }
    let program = (Bundle.main.executableURL ?? Bundle.main.bundleURL).resolvingSymlinksInPath()
    let folder = program.deletingLastPathComponent()
    let built = ["resources", "bundle"].map {
      folder.appendingPathComponent("mobilenet-explorer_\(target).\($0)")
    }
    let installed = folder.deletingLastPathComponent()
      .appendingPathComponent("share/mobilenet-explorer/\(target)")
    let sources = URL(fileURLWithPath: source).deletingLastPathComponent()
    return first(of: built + [installed, sources])
  }

  /// Returns the first that exists, or the very first if none does.
  private static func first(of folders: [URL]) -> URL {
    folders.first { FileManager.default.fileExists(atPath: $0.path) } ?? folders[0]
  }
}
