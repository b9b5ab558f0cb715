import Cells
import Lessons
import Tensors

/// A channel of a tensor under a title, with an area of cells outlined.
struct MapPicture {
  let tensor: Tensor
  let channel: Int
  let title: String
  var outline: (rows: Range<Int>, columns: Range<Int>)?
  /// Another output of the same layer, whose values are on the scale too.
  var compared: Tensor?

  /// Draws the picture into `area`; returns its grid.
  @discardableResult
  func draw(in area: Rect, of frame: inout Frame) -> PixelGrid {
    let (caption, below) = area.rows(.fixed(1), .fill)
    let map = ActivationMap(tensor, channel: channel)
    let heatmap = HeatmapView(map, in: below, density: frame.cells.capabilities.density)
    var view = ViewSettings()
    view.capabilities = frame.cells.capabilities
    let other = compared.map { ActivationMap($0, channel: channel) }
    let scale = HeatScale(view, shown: heatmap.spanned(with: other), layer: 0...0)
    heatmap.draw(scale, outline: outline ?? map.channelCell, of: &frame.cells)
    caption.write(title, over: heatmap.grid, of: &frame.cells)
    return heatmap.grid
  }
}

extension Rect {
  /// Writes the longest caption that fits into the area, which lies above a picture: where the picture begins, or as near to
  /// it as leaves room for all of it.
  func write(
    _ captions: String..., over picture: PixelGrid, style: Style = Theme.quiet,
    of cells: inout CellBuffer
  ) {
    let caption = captions.fitting(columns: width)
    let left = max(x, min(picture.area.x, maxX - caption.columns))
    cells.write(caption, x: left, y: y, style: style, maxWidth: maxX - left)
  }
}

/// The selected layer's output with the lesson's cell outlined; a click picks another.
struct OutputPicture {
  let screen: LessonScreen
  let core: Core
  /// Whether the network with the topic's other convention is shown.
  var isOther = false
  /// The text behind the channel's name in the title.
  var note = ""

  func draw(in area: Rect, of frame: inout Frame) {
    let trace = isOther ? screen.otherRun(core)?.trace : core.run?.trace
    guard let output = trace?.output(at: core.selection.layer), area.height >= 3, area.width >= 8
    else { return }
    let makes = core.stage(
      "makes", ["what": core.layer.name, "channel": "\(core.channel)"])
    let title = makes + (note.isEmpty ? "" : ", \(note)")
    let grid = MapPicture(
      tensor: output, channel: core.channel,
      title: title, outline: core.pickedCell,
      compared: isOther ? nil : core.whole(at: core.selection.layer)
    ).draw(in: area, of: &frame)
    frame.answer(
      in: grid.area,
      click: { x, y in
        let source = grid.source(cellX: x, cellY: y)
        return .cellPointed(x: source.x, y: source.y)
      }, wheel: { .channelMoved(by: $0) })
  }
}

extension Core {
  /// The cell that a lesson is about; nil if the layer has a single place.
  var pickedCell: (rows: Range<Int>, columns: Range<Int>)? {
    guard layer.output.places > 1 else { return nil }
    return cursor.cell
  }

  /// The captions of a lesson's pictures, in the person's language.
  var stage: StageWords { StageWords(language: view.language) }

  /// Returns the title of the picture of `channel` that the layer at `position` reads, or the
  /// selected one; the input's channels are colours.
  func reading(_ channel: Int, at position: Int? = nil) -> String {
    let layer = position ?? selection.layer
    let colors = layer == 0 ? model.checkpoint.preprocessing.colorNames : []
    let name = colors.indices.contains(channel) ? colors[channel] : "\(channel)"
    let what = layer == 0 ? stage("input") : layers[layer - 1].name
    return stage("reads", verbatim: ["what": what, "channel": name])
  }
}
