import ArgumentParser
import Checkpoints
import Foundation

/// The format that a command writes, beside what the name of the file promises.
enum WrittenFormat {
  /// Throws where `path` ends as checkpoints of a format do that is not among `written`.
  static func require(_ written: [String], of path: String) throws(ValidationError) {
    let ending = URL(fileURLWithPath: path).pathExtension.lowercased()
    guard !written.contains(ending), CheckpointReader.endings.contains(ending) else { return }
    let endings = written.map { ".\($0)" }.joined(separator: " or ")
    throw ValidationError("-o \(path): expected a file that ends in \(endings).")
  }
}
