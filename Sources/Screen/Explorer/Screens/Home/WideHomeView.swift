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

  /// Returns the height of the photo, the filmstrip and the answer; a stream's video gets more.
  static func topHeight(in area: Rect, _ core: Core) -> Int {
    core.live == nil ? max(12, min(area.height * 3 / 8, 20)) : max(12, area.height * 9 / 20)
  }

  /// The width of the list of layers, with its frame.
  private static let listWidth = LayerListView.compactWidth + 6
  /// The smallest width of the answer.
  private static let answerWidth = 32
  /// The largest number of atlas examples shown.
  static let examples = 4

  func draw(in area: Rect, of frame: inout Frame) {
    let (top, bottom) = area.rows(.fixed(Self.topHeight(in: area, core)), .fill)
    let answerWidth = max(Self.answerWidth, area.width * 9 / 40)
    // The photo is as wide as it is high: a cell is twice as high as wide.
    let (photo, strip, answers) = top.columns(
      .fixed(2 * (top.height - 2) + 2), .fill, .fixed(answerWidth))
    SeenPhoto(core: core).draw(in: photo, of: &frame)
    FilmstripView(core: core).draw(in: frame.pane(strip, title: "network"), of: &frame)
    drawAnswers(in: answers, of: &frame)

    let (list, channel) = bottom.columns(.fixed(Self.listWidth), .fill)
    let hasArrows = screen.pane == .layers
    LayerListView(core: core, hasArrows: hasArrows, showsMaps: true)
      .draw(in: frame.pane(list, title: "layers", hasArrows: hasArrows), of: &frame)
    drawChannel(in: channel, of: &frame)
  }

  /// The title of the answers, so short that nothing moves when the network is in doubt.
  private var answerTitle: String {
    let doubt = core.run.flatMap { core.model.checkpoint.doubt($0.trace.predictions(top: 1).first) }
    let title = core.shownTrends.isEmpty ? "answer" : "last minute"
    return doubt == nil ? title : title + ": not sure"
  }

  private func drawAnswers(in area: Rect, of frame: inout Frame) {
    let inside = frame.pane(area, title: answerTitle, hasArrows: screen.pane == .answers)
    guard let trace = core.run?.trace else { return }
    let checkpoint = core.model.checkpoint
    let selected = screen.pane == .answers ? screen.answer : nil
    if core.shownTrends.isEmpty || trace.problem != nil {
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
    let (channel, layer) = area.columns(
      .fixed(min(2 * (area.height - 5) + 2, area.width - 28)), .fill)
    let inside = frame.pane(
      channel, title: "\(core.layer.name), channel \(core.channel)", hasArrows: hasArrows)
    let scale = ChannelPane(core: core, showsCursor: hasArrows, saysValue: hasArrows)
      .draw(in: inside, of: &frame) { y, x in .zoom(.entered(x: x, y: y)) }

    let beside = frame.pane(layer, title: "layer")
    let facts = FactsView(core: core).draw(in: beside, of: &frame)
    guard let map = core.map, let scale else { return }
    let (_, below) = beside.rows(.fixed(facts), .fill, gap: 1)
    // Where the atlas' images are not there, nothing stands below it.
    let highest = core.atlasFolder == nil ? 20 : 12
    let (histogram, examples) = below.rows(.fixed(min(below.height, highest)), .fill, gap: 1)
    guard histogram.height >= 4 else { return }
    let (title, bars) = histogram.rows(.fixed(1), .fill)
    frame.cells.write(
      map.showsAllChannels
        ? "channels by value" : "places by value",
      x: title.x, y: title.y, style: Theme.quiet)
    HistogramView(map.values, scale: scale).draw(in: bars, of: &frame.cells)
    AtlasExamples(core, most: Self.examples).draw(in: examples, of: &frame) { _ in
      .opened(.atlas)
    }
  }
}
