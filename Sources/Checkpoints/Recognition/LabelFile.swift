import Foundation

/// A text file beside a checkpoint with one label a line, as they are usually handed out.
enum LabelFile {
  /// The labels in the first file whose name ends in `labels.txt` and that has a line per class.
  static func labels(beside file: CheckpointFile, classes: Int) -> (labels: [String], name: String)?
  {
    let path = file.folder.path(percentEncoded: false)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    for name in names.sorted() where name.hasSuffix("labels.txt") {
      guard let text = try? file.neighbour(name, format: "label").text else { continue }
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      while lines.last?.isEmpty == true { lines.removeLast() }
      if lines.count == classes { return (lines, name) }
    }
    return nil
  }
}
