import ArgumentParser
import Checkpoints
import Foundation

/// Checks that the ending of an output file does not promise another format than the command
/// writes.
enum WrittenFormat {
  /// Throws if `path` has the ending of a checkpoint format that is not in `written`.
  static func require(_ written: [String], of path: String) throws(ValidationError) {
    let ending = URL(fileURLWithPath: path).pathExtension.lowercased()
    guard !written.contains(ending), CheckpointReader.endings.contains(ending) else { return }
    let endings = written.map { ".\($0)" }.joined(separator: " or ")
    throw ValidationError("-o \(path): expected a file that ends in \(endings).")
  }
}
