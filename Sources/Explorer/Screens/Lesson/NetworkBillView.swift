import Cells
import Lessons
import MobileNet
import Reports

/// Parameters, multiply-adds and time by kind of layer, and the network against itself with
/// standard convolutions, as bars that appear with the steps.
struct NetworkBillView {
  let bill: NetworkBill
  let measured: [String: ReplacementTimes]
  let step: Int

  func draw(in area: Rect, of frame: inout Frame) {
    let tables = step >= 7 ? comparison : kinds
    // Side by side where there is no room below each other.
    let height = tables.map(\.height).max() ?? 1
    let perColumn = max(1, (area.height + 1) / height)
    let columns = (tables.count + perColumn - 1) / perColumn
    let width = (area.width - 2 * (columns - 1)) / max(columns, 1)
    for (index, table) in tables.enumerated() {
      table.draw(
        in: Rect(
          x: area.x + index / perColumn * (width + 2), y: area.y + index % perColumn * height,
          width: width, height: height),
        of: &frame.cells)
    }
  }

  private var kinds: [BarTable] {
    let entries = bill.entries.filter { $0.multiplyAdds > 0 || step >= 5 }
    var tables: [BarTable] = []
    if step >= 1 {
      tables.append(
        table("parameters", entries) { (Double($0.parameters), NumberText.short($0.parameters)) })
    }
    if step >= 3 {
      tables.append(
        table("multiply-adds", entries) {
          (Double($0.multiplyAdds), NumberText.short($0.multiplyAdds))
        })
    }
    if step >= 5 {
      tables.append(
        table("milliseconds", entries) { ($0.milliseconds, NumberText.fixed($0.milliseconds, 2)) })
    }
    return tables
  }

  private func table(
    _ title: String, _ entries: [NetworkBill.Entry],
    _ value: (NetworkBill.Entry) -> (Double, String)
  ) -> BarTable {
    BarTable(
      title: title,
      rows: entries.map {
        let (number, text) = value($0)
        return BarTable.Row(name: $0.kind.rawValue, value: number, text: text)
      })
  }

  private var comparison: [BarTable] {
    var tables = [
      both("parameters", bill.standardParameters, bill.parameters),
      both("multiply-adds", bill.standardMultiplyAdds, bill.multiplyAdds),
    ]
    if let standard = bill.standardMilliseconds(measured) {
      tables.append(
        BarTable(
          title: "milliseconds, measured",
          rows: [
            BarTable.Row(
              name: "standard convolutions", value: standard, text: NumberText.fixed(standard, 1)),
            BarTable.Row(
              name: "MobileNet", value: bill.milliseconds,
              text: NumberText.fixed(bill.milliseconds, 1)),
          ]))
    }
    return tables
  }

  private func both(_ title: String, _ standard: Int, _ own: Int) -> BarTable {
    BarTable(
      title: title,
      rows: [
        BarTable.Row(
          name: "standard convolutions", value: Double(standard), text: NumberText.short(standard)),
        BarTable.Row(name: "MobileNet", value: Double(own), text: NumberText.short(own)),
      ])
  }
}
