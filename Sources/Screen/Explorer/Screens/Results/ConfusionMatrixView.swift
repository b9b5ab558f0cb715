import Cells
import Evaluation
import Tensors

/// The answers for the images of each class: a row for each class, a column for each answer, and
/// one for the answers that no image shows.
struct ConfusionMatrixView {
  let evaluation: Evaluation
  /// The classes that some image shows, in the order of the rows.
  let classes: [Int]
  let view: ViewSettings
  let name: (_ index: Int) -> String
  /// The confusion or class under the cursor.
  var selected: (truth: Int, answer: Int?)?

  /// The share of each class' images, row by row, the answers that no image shows last.
  var shares: Plane {
    let places = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
    let width = classes.count + 1
    var counts = [Float](repeating: 0, count: classes.count * width)
    for answer in evaluation.answers {
      guard let row = places[answer.truth] else { continue }
      counts[row * width + (places[answer.answer] ?? classes.count)] += 1
    }
    for row in classes.indices {
      let own = row * width..<(row + 1) * width
      let all = max(1, counts[own].reduce(0, +))
      for place in own { counts[place] /= all }
    }
    return Plane(height: classes.count, width: width, values: counts)
  }

  func draw(in area: Rect, of cells: inout CellBuffer) {
    guard !classes.isEmpty, area.height > 2 else { return }
    let body = area.rows(.fill, .fixed(1)).0
    let names = classes.map(name)
    // Names stand where each row of the matrix has rows of the screen.
    let longest = min(names.map(\.count).max() ?? 0, area.width / 3)
    let (head, picture) = body.columns(
      .fixed(classes.count <= body.height ? longest : 0), .fill, gap: 1)
    let shares = shares
    let tensor = Tensor(
      shape: Shape(height: shares.height, width: shares.width, channels: 1), values: shares.values)
    let heatmap = HeatmapView(
      ActivationMap(tensor, channel: 0), in: picture, density: cells.capabilities.density)
    // Where half a cell shows several classes, it shows their mean, which is far below 1.
    let shown = Size(width: heatmap.grid.area.width, height: 2 * heatmap.grid.area.height)
    let isMean = shown.block(of: Size(width: shares.width, height: shares.height)) != nil
    let reach = isMean ? Resampling.values(of: shares, to: shown).max() ?? 1 : 1
    let scale = HeatScale(view, reach: reach, hasSign: false)
    // A small outline would cover all that it is around.
    let outline = outline.flatMap {
      let grid = heatmap.grid
      let isLarge =
        grid.pixelColumns($0.columns).count > max(2, grid.density.width)
        && grid.pixelRows($0.rows).count > max(2, grid.density.height)
      return isLarge ? $0 : nil
    }
    heatmap.draw(scale, outline: outline, of: &cells)
    ColorBarView(scale: scale, range: "", meaning: "of a row; last: others").draw(
      in: area.row(heatmap.grid.area.maxY, from: area.x), of: &cells)
    guard head.width > 0 else { return }
    for (row, name) in names.enumerated() {
      let y = heatmap.grid.area.y + (2 * row + 1) * heatmap.grid.area.height / (2 * names.count)
      cells.write(
        name, x: head.x, y: y,
        style: classes[row] == selected?.truth ? Theme.title : Theme.quiet, maxWidth: head.width)
    }
  }

  /// The cell of the confusion under the cursor, or the class' whole row.
  private var outline: (rows: Range<Int>, columns: Range<Int>)? {
    guard let selected, let row = classes.firstIndex(of: selected.truth) else { return nil }
    guard let answer = selected.answer else { return (row..<row + 1, 0..<classes.count + 1) }
    let column = classes.firstIndex(of: answer) ?? classes.count
    return (row..<row + 1, column..<column + 1)
  }
}
