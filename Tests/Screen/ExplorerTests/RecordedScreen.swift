@testable import Cells
import Foundation
import Testing

@testable import Explorer

/// Compares a drawn screen, cell by cell, with one that was recorded as text and a map of styles.
///
/// With RECORD_SCREENS=1 in the environment screens are recorded anew; look at the difference
/// before committing it. A screen that was never recorded fails.
func expectScreen(
  _ state: ExplorerState, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Screens")
  let file = folder.appendingPathComponent(name + ".txt")
  let drawn = transcript(render(state).cells.downgraded(to: state.view.capabilities))
  if ProcessInfo.processInfo.environment["RECORD_SCREENS"] != nil {
    try Data(drawn.utf8).write(to: file)
  }
  guard let data = FileManager.default.contents(atPath: file.path) else {
    Issue.record("\(name) was never recorded", sourceLocation: sourceLocation)
    return
  }
  let recorded = String(decoding: data, as: UTF8.self).split(
    separator: "\n", omittingEmptySubsequences: false)
  let lines = drawn.split(separator: "\n", omittingEmptySubsequences: false)
  #expect(lines.count == recorded.count, sourceLocation: sourceLocation)
  for (number, (line, expected)) in zip(lines, recorded).enumerated() where line != expected {
    Issue.record(
      "\(name), line \(number + 1)\n  drawn    \(line)\n  recorded \(expected)",
      sourceLocation: sourceLocation)
  }
}

/// The characters of a screen, the number of each cell's style, and the styles by number.
private func transcript(_ cells: CellBuffer) -> String {
  var styles: [Style] = []
  var map: [String] = []
  for y in 0..<cells.height {
    var line = ""
    for x in 0..<cells.width {
      let style = cells[x, y].style
      if !styles.contains(style) { styles.append(style) }
      // Printable signs from "0" on; pictures have more styles than there are, so they repeat.
      let index = styles.firstIndex(of: style) ?? 0
      line.append(Character(Unicode.Scalar(UInt8(48 + index % 75))))
    }
    map.append(line)
  }
  let legend = styles.map { style in String(style.sequence(.trueColor).dropFirst()) }
  let parts: [[String]] = [cells.lines, [""], map, [""], legend]
  return parts.joined().joined(separator: "\n") + "\n"
}
