import ArgumentParser

/// A file or folder that is read and needs a name, unlike photos and streams.
enum NamedFile {
  /// Returns `path`; throws if it stands for standard input.
  static func path(_ path: String) throws -> String {
    guard path != ImageInput.standardInput else {
      throw ValidationError(
        "only a photo or a stream can come from standard input; expected a name (./- is a file "
          + "called -)")
    }
    return path
  }
}
