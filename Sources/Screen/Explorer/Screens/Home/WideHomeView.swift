import Cells
import Live
import Reports

/// The home screen on a large terminal.
///
/// Above: the photo with the receptive field of the cursor's cell, the network as a filmstrip, and
/// the answer. Below: the layers with a small map each, the channel, and its facts.
struct WideHomeView {
  let screen: HomeScreen
  let core: Core

  /// Returns the height of the photo, the filmstrip and the answer.
  static func topHeight(in area: Rect) -> Int { max(12, min(area.height * 3 / 8, 20)) }

  /// The width of the list of layers, with its frame.
  private static let listWidth = LayerListView.compactWidth + 6
  /// The smallest width of the answer.
  private static let answerWidth = 30
  /// The largest number of atlas examples shown.
  static let examples = 4

  func draw(in area: Rect, of frame: inout Frame) {
    let topHeight = Self.topHeight(in: area)
    // Square, since a cell is twice as high as wide.
    let photoWidth = 2 * (topHeight - 2) + 2
    SeenPhoto(core: core).draw(
      in: Rect(x: area.x, y: area.y, width: photoWidth, height: topHeight), of: &frame)
    // Wider if the doubt is written in its title.
    let answerWidth = max(Self.answerWidth, area.width * 9 / 40, doubt.map { $0.count + 6 } ?? 0)
    let answerLeft = area.maxX - answerWidth
    let strip = frame.pane(
      Rect(
        x: area.x + photoWidth, y: area.y, width: answerLeft - area.x - photoWidth,
        height: topHeight), title: "network")
    FilmstripView(core: core).draw(in: strip, of: &frame)
    drawAnswers(
      in: Rect(x: answerLeft, y: area.y, width: answerWidth, height: topHeight), of: &frame)

    let bottom = Rect(
      x: area.x, y: area.y + topHeight, width: area.width, height: area.height - topHeight)
    let list = frame.pane(
      Rect(x: bottom.x, y: bottom.y, width: Self.listWidth, height: bottom.height),
      title: "layers", hasArrows: screen.pane == .layers)
    LayerListView(core: core, hasArrows: screen.pane == .layers, showsMaps: true)
      .draw(in: list, of: &frame)
    let rest = Rect(
      x: bottom.x + Self.listWidth, y: bottom.y, width: bottom.width - Self.listWidth,
      height: bottom.height)
    drawChannel(in: rest, of: &frame)
  }

  /// The text that no class is likely enough; nil if one is.
  private var doubt: String? {
    core.run.flatMap { core.model.checkpoint.doubt($0.trace.predictions(top: 1).first) }
  }

  private func drawAnswers(in area: Rect, of frame: inout Frame) {
    let inside = frame.pane(area, title: doubt ?? "answer", hasArrows: screen.pane == .answers)
    guard let trace = core.run?.trace else { return }
    let checkpoint = core.model.checkpoint
    let selected = screen.pane == .answers ? screen.answer : nil
    if core.shownTrends.isEmpty {
      PredictionsView(trace: trace, checkpoint: checkpoint, selected: selected)
        .draw(in: inside, of: &frame)
    } else {
      TrendsView(trends: core.shownTrends, checkpoint: checkpoint, selected: selected)
        .draw(in: inside, of: &frame)
    }
    let classes = core.shownAnswers
    frame.answer(
      in: inside,
      click: { _, y in y < classes.count ? .evidence(.asked(classIndex: classes[y])) : nil })
  }

  /// Draws the channel in a square, and the layer's facts beside it.
  private func drawChannel(in area: Rect, of frame: inout Frame) {
    let hasArrows = screen.pane == .channel
    let width = min(2 * (area.height - 5) + 2, area.width - 28)
    let inside = frame.pane(
      Rect(x: area.x, y: area.y, width: width, height: area.height),
      title: "\(core.layer.name), channel \(core.channel)", hasArrows: hasArrows)
    let scale = ChannelPane(core: core, showsCursor: hasArrows, saysValue: hasArrows)
      .draw(in: inside, of: &frame) { y, x in .zoom(.entered(x: x, y: y)) }

    let beside = frame.pane(
      Rect(x: area.x + width, y: area.y, width: area.width - width, height: area.height),
      title: "layer")
    let facts = FactsView(core: core).draw(in: beside, of: &frame)
    guard let map = core.map, let scale else { return }
    let left = Rect(
      x: beside.x, y: beside.y + facts + 1, width: beside.width,
      height: min(beside.height - facts - 1, 12))
    guard left.height >= 4 else { return }
    frame.cells.write(
      map.showsAllChannels ? "histogram of all channels" : "histogram of the channel",
      x: left.x, y: left.y, style: Theme.quiet)
    HistogramView(map.values, scale: scale).draw(
      in: Rect(x: left.x, y: left.y + 1, width: left.width, height: left.height - 1),
      of: &frame.cells)
    let below = Rect(
      x: left.x, y: left.maxY + 1, width: left.width, height: max(0, beside.maxY - left.maxY - 1))
    AtlasExamples(core, most: Self.examples).draw(in: below, of: &frame) { _ in .opened(.atlas) }
  }
}
