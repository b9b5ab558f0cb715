import Cells
import MobileNet
import Reports

/// The table of layers, with as many columns as fit, scrolled to the selected row.
struct LayerListView {
  let core: Core
  /// Whether the arrows move through the table.
  let hasArrows: Bool
  /// Whether a small map of a channel is drawn beside each layer.
  var showsMaps = false

  private struct Column {
    let title: String
    let width: Int
    let isNumber: Bool
    let text: @Sendable (Layer) -> String
  }

  /// The smallest width of the table.
  static let compactWidth = 48
  /// The width of the table with every column in full.
  static let fullWidth = 72

  private static let compact: [Column] = [
    Column(title: "#", width: 2, isNumber: true) { "\($0.index)" },
    Column(title: "layer", width: 11, isNumber: false) { $0.name },
    Column(title: "op", width: 2, isNumber: false) { $0.kind.abbreviation },
    Column(title: "output", width: 10, isNumber: true) { "\($0.output)" },
    Column(title: "param", width: 5, isNumber: true) { tight($0.parameters) },
    Column(title: "MACs", width: 5, isNumber: true) { tight($0.multiplyAdds) },
  ]

  private static let full: [Column] = [
    Column(title: "#", width: 2, isNumber: true) { "\($0.index)" },
    Column(title: "layer", width: 11, isNumber: false) { $0.name },
    Column(title: "kind", width: 15, isNumber: false) { $0.kind.rawValue },
    Column(title: "output", width: 11, isNumber: true) { "\($0.output)" },
    Column(title: "params", width: 9, isNumber: true) { NumberText.grouped($0.parameters) },
    Column(title: "MACs", width: 7, isNumber: true) { NumberText.short($0.multiplyAdds) },
  ]

  func draw(in area: Rect, of frame: inout Frame) {
    let columns = area.width >= Self.fullWidth ? Self.full : Self.compact
    let rows = area.rows(.fixed(1), .fill).1
    let times = core.layerMilliseconds
    let slowest = max(times.max() ?? 0, .leastNonzeroMagnitude)

    var header = columns.map { aligned($0.title, $0) }.joined(separator: " ")
    header += " " + "ms".padded(left: 4)
    let head = parts(of: area).text
    frame.cells.write(
      " " + header, x: head.x, y: head.y, style: Theme.quiet, maxWidth: head.width)

    let list = ScrollingList(count: core.layers.count, selected: core.selection.layer)
    list.draw(
      in: rows, of: &frame,
      click: { .layerSelected($0) }, wheel: { .layerMoved(by: $0) }
    ) { position, row, frame in
      let isSelected = position == core.selection.layer
      let style = isSelected ? (hasArrows ? Theme.selected : Theme.title) : Theme.plain
      var text = (isSelected ? "▸" : " ")
      text += columns.map { aligned($0.text(core.layers[position]), $0) }.joined(separator: " ")
      let time = times.indices.contains(position) ? times[position] : nil
      text += " " + (time.map(Self.digits) ?? "…").padded(left: 4) + " "
      let (map, line) = parts(of: row)
      let end = frame.cells.write(
        text, x: line.x, y: line.y, style: style, maxWidth: line.width)
      if showsMaps { drawMap(of: position, in: map, of: &frame.cells) }
      if let time, end < row.maxX {
        frame.cells.bar(
          time / slowest, in: row.row(row.y, from: end),
          style: Theme.bar)
      }
    }
  }

  /// The parts of a row: a small map, if there are maps, and the text.
  private func parts(of row: Rect) -> (map: Rect, text: Rect) {
    row.columns(.fixed(showsMaps ? 2 : 0), .fill, gap: showsMaps ? 1 : 0)
  }

  /// Draws a channel of a layer, if the layer has rows and columns.
  private func drawMap(of position: Int, in area: Rect, of cells: inout CellBuffer) {
    guard let run = core.run, core.layers[position].output.places > 1 else { return }
    ChannelPicture(
      output: run.trace.output(at: position), channel: core.channel(at: position), view: core.view,
      compared: core.whole(at: position)
    ).draw(in: area, of: &cells)
  }

  private func aligned(_ text: String, _ column: Column) -> String {
    column.isNumber ? text.padded(left: column.width) : text.padded(right: column.width)
  }

  /// Returns a count in five characters: `1.05M`, `21.2k`, `672`, `–` for none.
  private static func tight(_ number: Int) -> String {
    switch number {
    case 0: "–"
    case ..<10_000: "\(number)"
    case ..<1_000_000: digits(Double(number) / 1e3) + "k"
    default: digits(Double(number) / 1e6) + "M"
    }
  }

  /// Returns a number in at most four characters: `1.05`, `21.2`, `672`.
  private static func digits(_ value: Double) -> String {
    NumberText.fixed(value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0)
  }
}

extension MobileNet.Operation.Kind {
  /// Two letters for narrow tables.
  var abbreviation: String {
    switch self {
    case .convolution: "cv"
    case .depthwise: "dw"
    case .pointwise: "pw"
    case .averagePooling: "ap"
    case .maxPooling: "mp"
    case .fullyConnected: "fc"
    case .softmax: "sm"
    case .sigmoid: "sg"
    case .addition: "ad"
    case .concatenation: "cc"
    }
  }
}
