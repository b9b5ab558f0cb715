import Foundation
import MobileNet

/// TensorFlow's checkpoint: `NAME.index` and `NAME.data-…`, or the folder with both.
enum TensorFlowCheckpointFormat: CheckpointFormat {
  static let name = "TensorFlow checkpoint"

  static func recognizes(_ file: CheckpointFile) -> Bool {
    guard let index = index(of: file),
      let bytes = try? file.neighbour(index, format: name)
    else { return false }
    return LevelDBTable.recognizes(bytes)
  }

  static func describe(_ file: CheckpointFile) throws(ImportError) -> NetworkDescription {
    guard let index = index(of: file) else {
      throw .damaged(format: name, problem: "its .index is missing")
    }
    return try TensorFlowVariables(TensorBundle(index: index, beside: file)).describe(
      name: file.name)
  }

  /// Returns the name of the index; in a folder, that of the last training step.
  private static func index(of file: CheckpointFile) -> String? {
    if file.isFolder {
      // Indices in subfolders belong to a SavedModel.
      return file.neighbourNames.filter { $0.hasSuffix(".index") && !$0.contains("/") }
        .max { $0.compare($1, options: .numeric) == .orderedAscending }
    }
    let own = file.url.lastPathComponent
    if file.bytes(format: name).count >= 48, LevelDBTable.recognizes(file.bytes(format: name)) {
      return own
    }
    // The person may have named another of the checkpoint's files.
    guard let end = own.range(of: ".data-")?.lowerBound ?? own.range(of: ".meta")?.lowerBound else {
      return nil
    }
    let index = "\(own[..<end]).index"
    return file.hasNeighbour(index) ? index : nil
  }
}
