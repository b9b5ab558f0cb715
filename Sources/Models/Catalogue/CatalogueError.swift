/// An error from a name that a person gave for weights or a sample.
public enum CatalogueError: Error, Equatable, CustomStringConvertible {
  /// There is neither a checkpoint of this name nor such a file.
  case unknownWeights(String, known: [String])
  /// The name is that of a published checkpoint that is not in the cache.
  case notFetched(String)
  /// The person has no permission to read the file.
  case forbidden(String)
  /// The file is not a usable checkpoint; the text names the file and the reason.
  case unusable(String)
  /// A file is missing or may not be read; the text names it and the reason.
  case missing(String)
  /// There is no bundled sample of this name.
  case unknownSample(String, known: [String])
  /// The folder of bundled files is missing.
  case nothingBundled(folder: String)

  /// Whether something is missing or unreadable, not damaged.
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
    case .unusable(let reason), .missing(let reason): reason
    case .nothingBundled(let folder):
      "\(folder): not there; a program that is copied needs it beside it"
    case .unknownSample(let name, let known):
      "\(name): no bundled sample of that name (\(known.joined(separator: ", ")))"
    }
  }
}
