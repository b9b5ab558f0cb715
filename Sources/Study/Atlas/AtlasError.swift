import Checkpoints

/// The reasons why an atlas cannot be made or used.
public enum AtlasError: Error, Equatable, CustomStringConvertible {
  /// The file cannot be read.
  case unreadable(String, reason: String)
  /// The file cannot be written.
  case unwritable(String, reason: String)
  /// The file is not of the expected kind.
  case kind(String, expected: String, looksLike: String? = nil)
  /// The file is of that kind, but cut off or otherwise damaged.
  case damaged(String, problem: String)
  /// The file is a shard of an atlas, counted from 0, or an atlas that is not finished.
  case part(String, shard: Int, of: Int)
  /// The file belongs to another run.
  case another(String, difference: String)
  /// A channel's mean never changes, so that nothing can correlate with it.
  case constant(String, layer: String, channel: Int, images: Int)
  /// Shards are missing, or given twice.
  case shards(missing: [Int], twice: [Int], of: Int)
  /// A shard is not finished.
  case unfinished(String, done: Int, of: Int)
  /// None of the images could be used.
  case nothing(String, images: Int)

  /// Creates the error of opening the file at `path`, which should hold `expected`.
  init(opening path: String, _ error: CheckpointFileError, expected: String) {
    switch error.reason {
    case .unreadable(let reason): self = .unreadable(path, reason: reason)
    case .damaged(_, let problem): self = .damaged(path, problem: problem)
    case .unknownFormat(let appearance, _):
      self = .kind(path, expected: expected, looksLike: appearance)
    default: self = .kind(path, expected: expected)
    }
  }

  /// One line that names the file and what was expected.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason), .unwritable(let path, let reason):
      return "\(path): \(reason)"
    case .kind(let path, let expected, let appearance):
      return "\(path): is not \(expected)" + (appearance.map { "; it looks like \($0)" } ?? "")
    case .damaged(let path, let problem): return "\(path): is damaged: \(problem)"
    case .part(let path, _, 1):
      return "\(path): is an atlas on its way; the same call goes on with it"
    case .part(let path, let shard, let count):
      return
        "\(path): is shard \(shard + 1) of \(count); `atlas merge` makes an atlas of all of them"
    case .another(let path, let difference):
      return "\(path): is \(difference); it can't be used here"
    case .constant(let path, let layer, let channel, let images):
      return "\(path): \(layer) channel \(channel) has the same mean on all \(images) images, so "
        + "nothing goes with it"
    case .shards(let missing, let twice, let count):
      let lists = [(missing, "missing"), (twice, "given twice")].filter { !$0.0.isEmpty }.map {
        let numbers = $0.map(String.init).joined(separator: ", ")
        return "shard\($0.count == 1 ? " \(numbers) is" : "s \(numbers) are") \($1)"
      }
      return lists.joined(separator: ", ") + "; expected each from 1 to \(count) once"
    case .unfinished(let path, let done, let count):
      return "\(path): is not finished, \(done) of \(count) images are done; run it again"
    case .nothing(let path, let images):
      return "\(path): is not written, of \(images) image\(images == 1 ? "" : "s") none could be "
        + "used"
    }
  }
}
