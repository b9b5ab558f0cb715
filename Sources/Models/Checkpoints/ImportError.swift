import MobileNet

/// An error from reading a file as a MobileNet v1, or from writing one; `CheckpointFileError` adds
/// the path.
public enum ImportError: Error, Equatable, CustomStringConvertible {
  /// The file could not be opened or read.
  case unreadable(String)
  /// The file could not be written.
  case unwritable(String)
  /// The content is of no supported format.
  case unknownFormat(looksLike: String, known: [String])
  /// The file is truncated, or contradicts itself.
  case damaged(format: String, problem: String)
  /// The file is valid but uses an unsupported feature.
  case unsupported(format: String, feature: String)
  /// The network is not a MobileNet v1; `layer` is the first different one, by its name in the
  /// file.
  case anotherNetwork(layer: String, found: String, expected: String)
  /// The network is a MobileNet v1 except for one thing, which `problem` states.
  case inconsistent(problem: String)
  /// The person's file of labels cannot be used, or `isMissing`.
  case labels(path: String, problem: String, isMissing: Bool = false)
  /// The weights are not usable.
  case weights(CheckpointError)

  /// One line that names the place and what was expected.
  public var description: String {
    switch self {
    case .unreadable(let reason): reason
    case .unwritable(let reason): "can't be written: \(reason)"
    case .unknownFormat(let looksLike, let known):
      "no checkpoint that can be read: it looks like \(looksLike)"
        + (known.isEmpty ? "" : " (known formats: \(known.joined(separator: ", ")))")
    case .damaged(let format, let problem): "damaged \(format) file: \(problem)"
    case .unsupported(let format, let feature): "\(format): \(feature) is not supported"
    case .anotherNetwork(let layer, let found, let expected):
      "not a MobileNet v1: \(layer) is \(found), expected \(expected)"
    case .inconsistent(let problem): problem
    case .labels(let path, let problem, _): "--labels \(path): \(problem)"
    case .weights(let error): error.description
    }
  }
}

/// An error from reading or writing the checkpoint at a path.
public struct CheckpointFileError: Error, Equatable, CustomStringConvertible {
  /// The file or folder.
  public let path: String
  /// The error.
  public let reason: ImportError

  /// Whether the file could not be written.
  public var isUnwritable: Bool { if case .unwritable = reason { true } else { false } }

  /// Whether the file, or the person's file of labels, is missing or may not be read.
  public var isMissing: Bool {
    switch reason {
    case .unreadable, .labels(_, _, true): true
    default: false
    }
  }

  /// One line that begins with the path, or with the option if the person's labels are at fault.
  public var description: String {
    if case .labels = reason { "\(reason)" } else { "\(path): \(reason)" }
  }
}
