import Foundation

/// A text file beside a checkpoint with one label a line, as they are usually handed out.
///
/// ImageNet's is often that of 1001 classes, of which the first is called background; it serves
/// networks without that one too.
enum LabelFile {
  /// The labels in the first file whose name ends in `labels.txt` and that has a line per class.
  static func labels(beside file: CheckpointFile, classes: Int) -> Sourced<[String]>? {
    let path = file.folder.path(percentEncoded: false)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    for name in names.sorted() where name.hasSuffix("labels.txt") {
      guard let text = try? file.neighbour(name, format: "label").text else { continue }
      var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      while lines.last?.isEmpty == true { lines.removeLast() }
      if lines.count == classes + 1, lines.first == "background" { lines.removeFirst() }
      if lines.count == classes { return Sourced(lines, .neighbour(name)) }
    }
    return nil
  }
}
