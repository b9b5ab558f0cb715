import Foundation

/// Where the files that come with the program are.
public enum ResourceFolder {
  /// The variable that says where they are, if they are somewhere else: a folder with Weights,
  /// Samples and Lessons in it, or a checkout.
  public static let variable = "MOBILENET_EXPLORER_RESOURCES"

  /// The folder of `target`'s resources. The first of these that is there:
  ///
  /// - the one in the folder that the environment names, and no other if it names one;
  /// - beside the program, where builds put it, or in ../share/mobilenet-explorer, where it is
  ///   installed; links to the program are followed;
  /// - that of `source`, the target's own source file, where the program was built.
  ///
  /// Where none is, as beside a program that was copied to another machine, it is the first of them
  /// all the same: whoever opens a file in it learns what is missing.
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

  /// The first that is there; the very first where none is.
  private static func first(of folders: [URL]) -> URL {
    folders.first { FileManager.default.fileExists(atPath: $0.path) } ?? folders[0]
  }
}
