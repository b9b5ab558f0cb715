import Cells
import Reports
import Research

/// The names of a checkpoint's classes, as many as fit.
struct LabelsView {
  /// The names; nil until the checkpoint is read.
  private let labels: [String]?

  init(_ contents: CheckpointContents?) { labels = contents?.labels }

  func draw(in area: Rect, of frame: inout Frame) {
    guard let labels else { return }
    let text =
      labels.isEmpty
      ? "The checkpoint does not name its classes."
      : labels.joined(separator: ", ", columns: area.width, rows: area.height)
    Paragraph.draw(text, in: area, style: Theme.quiet, of: &frame.cells)
  }

  /// Draws the names below a line that says what they are.
  func drawBelowHeading(in area: Rect, of frame: inout Frame) {
    let (head, names) = area.rows(.fixed(1), .fill)
    guard names.height > 0, labels != nil else { return }
    frame.cells.write("its classes", x: head.x, y: head.y, style: Theme.quiet)
    draw(in: names, of: &frame)
  }
}

extension [String] {
  /// As many of the texts as fit, with how many more there are.
  fileprivate func joined(separator: String, columns: Int, rows: Int) -> String {
    func text(_ shown: Int) -> String {
      let more = shown < count ? ["… \(count - shown) more"] : []
      return (prefix(shown) + more).joined(separator: separator)
    }
    func fits(_ shown: Int) -> Bool { text(shown).wrapped(to: columns).count <= rows }
    if fits(count) { return text(count) }
    // Halved again and again: wrapping hundreds of names for each of them would hold up a key.
    var (most, tooMany) = (0, count)
    while tooMany - most > 1 {
      let middle = (most + tooMany) / 2
      if fits(middle) { most = middle } else { tooMany = middle }
    }
    return text(most)
  }
}
