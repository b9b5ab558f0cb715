import Cells
import Foundation
import Testing

@testable import Explorer

/// A list that does not fit says how many lines are above and below, and never hides the line under the
/// cursor.
@Suite struct ScrollingListTests {
  private func lines(_ count: Int, selected: Int, rows: Int) -> [String] {
    var frame = Frame(size: Size(width: 30, height: rows))
    ScrollingList(count: count, selected: selected).draw(
      in: frame.area, of: &frame, click: { .layerSelected($0) }, wheel: { _ in nil }
    ) { index, row, frame in
      frame.cells.write("line \(index)", x: row.x, y: row.y)
    }
    return frame.cells.lines.map { $0.trimmingCharacters(in: .whitespaces) }
  }

  @Test(arguments: [3, 4, 7, 12], [4, 9, 30])
  func whatFollowsIsCounted(rows: Int, count: Int) throws {
    for selected in 0..<count {
      let lines = lines(count, selected: selected, rows: rows)
      #expect(lines.contains("line \(selected)"))
      let shown = lines.compactMap { $0.hasPrefix("line ") ? Int($0.dropFirst(5)) : nil }
      let (first, last) = (try #require(shown.first), try #require(shown.last))
      let rest = [(first, "above"), (count - 1 - last, "below")].filter { $0.0 > 0 }
      let text = rest.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
      #expect(lines.contains("… " + text) == !rest.isEmpty)
    }
  }

  /// The line that counts chooses nothing.
  @Test func theCountIsNoLine() {
    var frame = Frame(size: Size(width: 20, height: 4))
    ScrollingList(count: 9, selected: 0).draw(
      in: frame.area, of: &frame, click: { .layerSelected($0) }, wheel: { _ in nil }
    ) { _, _, _ in }
    #expect(frame.intent(for: Mouse(.press, x: 2, y: 2)) == .layerSelected(2))
    #expect(frame.intent(for: Mouse(.press, x: 2, y: 3)) == nil)
  }
}
