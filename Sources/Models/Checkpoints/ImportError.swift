import MobileNet

/// Why a file could not be read as a MobileNet v1, or written; the path is left to who opened it.
public enum ImportError: Error, Equatable, CustomStringConvertible {
  /// The file could not be opened or read.
  case unreadable(String)
  /// The file could not be written.
  case unwritable(String)
  /// The content is of no format that is known here.
  case unknownFormat(looksLike: String, known: [String])
  /// The file is cut short, or contradicts itself.
  case damaged(format: String, problem: String)
  /// The file is sound but uses what is not supported.
  case unsupported(format: String, feature: String)
  /// The network is not a MobileNet v1; `layer` is the first that differs, as the file calls it.
  case anotherNetwork(layer: String, found: String, expected: String)
  /// The network is a MobileNet v1 in all but one thing, which `problem` says.
  case inconsistent(problem: String)
  /// The weights themselves are not usable.
  case weights(CheckpointError)

  /// One line that names the place and what was expected.
  public var description: String {
    switch self {
    case .unreadable(let reason): reason
    case .unwritable(let reason): "can't be written: \(reason)"
    case .unknownFormat(let looksLike, let known):
      "no checkpoint that can be read: it looks like \(looksLike) "
        + "(known formats: \(known.joined(separator: ", ")))"
    case .damaged(let format, let problem): "damaged \(format) file: \(problem)"
    case .unsupported(let format, let feature): "\(format): \(feature) is not supported"
    case .anotherNetwork(let layer, let found, let expected):
      "not a MobileNet v1: \(layer) is \(found), expected \(expected)"
    case .inconsistent(let problem): problem
    case .weights(let error): error.description
    }
  }
}

/// Why a checkpoint could not be read or written, and which file it was.
public struct CheckpointFileError: Error, Equatable, CustomStringConvertible {
  /// The file or folder that was asked for.
  public let path: String
  /// What is wrong with it.
  public let reason: ImportError

  /// Whether the file could not be written.
  public var isUnwritable: Bool { if case .unwritable = reason { true } else { false } }

  /// One line that begins with the path.
  public var description: String { "\(path): \(reason)" }
}
