import Checkpoints

/// The reasons why an atlas cannot be made or used.
public enum AtlasError: Error, Equatable, CustomStringConvertible {
  /// The file cannot be read.
  case unreadable(String, reason: String)
  /// The file cannot be written.
  case unwritable(String, reason: String)
  /// The file is not of the expected kind.
  case kind(String, expected: String)
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
    if case .unreadable(let reason) = error.reason {
      self = .unreadable(path, reason: reason)
    } else {
      self = .kind(path, expected: expected)
    }
  }

  /// One line that names the file and what was expected.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason), .unwritable(let path, let reason):
      return "\(path): \(reason)"
    case .kind(let path, let expected): return "\(path): is not \(expected)"
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
