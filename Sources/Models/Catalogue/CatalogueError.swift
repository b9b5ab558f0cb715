/// Why what a person named cannot be used.
public enum CatalogueError: Error, Equatable, CustomStringConvertible {
  /// It is neither a name nor a file.
  case unknownWeights(String, known: [String])
  /// It is a published checkpoint that was not fetched yet.
  case notFetched(String)
  /// The file may not be read.
  case forbidden(String)
  /// The file is not a usable checkpoint; the line says which and why.
  case unusable(String)
  /// It is not a bundled sample.
  case unknownSample(String, known: [String])
  /// The folder that comes with the program is not where it belongs.
  case nothingBundled(folder: String)

  /// Whether something is missing or may not be read, rather than wrong.
  public var isMissing: Bool {
    if case .unusable = self { false } else { true }
  }

  /// One line that names the thing and what was expected.
  public var description: String {
    switch self {
    case .unknownWeights(let name, let known):
      "\(name): no such file, and no weights of that name (\(known.joined(separator: ", ")))"
    case .notFetched(let name):
      "\(name): not fetched yet; mobilenet-explorer weights fetch \(name) does it"
    case .forbidden(let path): "\(path): no permission to read it"
    case .unusable(let reason): reason
    case .nothingBundled(let folder):
      "\(folder): not there; a program that is copied needs it beside it"
    case .unknownSample(let name, let known):
      "\(name): no bundled sample of that name (\(known.joined(separator: ", ")))"
    }
  }
}
