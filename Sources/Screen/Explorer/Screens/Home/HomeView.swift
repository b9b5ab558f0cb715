import Cells
import Live

extension HomeScreen {
  static let bindings: [Binding] =
    (Bindings.layers + Bindings.channels).map { $0.only { $0[HomeScreen.self].pane == .layers } }
    + [
      Bindings.arrows("place") { .cellMoved(x: $0, y: $1) }.only {
        $0[HomeScreen.self].pane == .channel
      },
      Binding(
        steps: [.up, .down], "↑↓", label: "class",
        help: "On the answers: go to the class before or after."
      ) { step, _ in .home(.answerMoved(by: step)) }.only { $0[HomeScreen.self].pane == .answers },
      Bindings.layer.only { $0[HomeScreen.self].pane != .layers },
      Binding(
        [.enter], "Enter", label: "why",
        help: "On the answers: show the evidence for this class.",
        action: .home(.answerChosen)
      ).only { $0[HomeScreen.self].pane == .answers },
      Binding(
        [.enter], "Enter", label: "zoom", help: "Show this channel alone.",
        action: .opened(.zoom)
      ).only { $0[HomeScreen.self].pane != .answers },
      Binding(
        [.tab, .backTab], "Tab", label: "pane", rank: .second,
        help: "Move the focus: layers, channel, answers."
      ) { key, _ in
        .home(.paneMoved(by: key == .tab ? 1 : -1))
      },
      Binding(
        [.escape], "Esc", label: "layers", help: "Move the focus back to the layers.",
        action: .home(.left)
      ).only { $0[HomeScreen.self].pane != .layers },
      Bindings.switchOff(),
    ] + Bindings.view

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    if Layout.isRoomy(core.size) {
      WideHomeView(screen: self, core: core).draw(in: area, of: &frame)
    } else {
      HomeView(screen: self, core: core).draw(in: area, of: &frame)
    }
  }
}

/// On the left the layers above the answer, on the right the selected layer's facts above a
/// channel.
struct HomeView {
  let screen: HomeScreen
  let core: Core

  func draw(in area: Rect, of frame: inout Frame) {
    let width =
      area.width >= 120
      ? min(LayerListView.fullWidth, area.width * 3 / 5) : LayerListView.compactWidth
    let answers = Self.answerRows(in: area, core)
    let (left, right) = area.columns(.fixed(width), .fill, gap: 1)
    let (list, _) = left.rows(.fixed(min(core.layers.count + 1, area.height - answers - 1)), .fill)
    LayerListView(core: core, hasArrows: screen.pane == .layers).draw(in: list, of: &frame)
    // An empty line apart, if there is room for one.
    let top = min(list.maxY + 1, area.maxY - answers - 1)
    drawAnswers(
      in: left.from(y: top).rows(.fixed(answers + 1), .fill).0.columns(.fixed(1), .fill).1,
      of: &frame)

    let below = drawFacts(in: right, of: &frame)
    let hasArrows = screen.pane == .channel
    ChannelPane(core: core, showsCursor: hasArrows, saysValue: hasArrows)
      .draw(in: below, of: &frame) { y, x in .zoom(.entered(x: x, y: y)) }
  }

  /// Draws the layer's facts, or on a stream the frame; returns the rest of the area.
  private func drawFacts(in area: Rect, of frame: inout Frame) -> Rect {
    guard core.live?.frame != nil else {
      let facts = FactsView(core: core).draw(in: area, of: &frame)
      return area.rows(.fixed(facts), .fill).1
    }
    let (video, below) = area.rows(.ratio(9, 20), .fill)
    let inside = frame.pane(video, title: core.layer.name)
    PhotoView(pixels: core.photo.prepared.pixels, outline: SeenPhoto(core: core).seen)
      .draw(in: inside, of: &frame.cells)
    return below
  }

  /// Returns the number of likely classes that fit.
  static func answerRows(in area: Rect, _ core: Core) -> Int {
    Layout.isRoomy(core.size)
      ? WideHomeView.topHeight(in: area, core) - 2 : min(5, max(1, area.height / 4))
  }

  /// Draws the predictions; a click shows the evidence for a class.
  private func drawAnswers(in area: Rect, of frame: inout Frame) {
    guard let trace = core.run?.trace else { return }
    let rows = area.rows(.fixed(1), .fill).1
    let checkpoint = core.model.checkpoint
    frame.cells.write(
      checkpoint.doubt(trace.predictions(top: 1).first) ?? "answer", x: area.x, y: area.y,
      style: Theme.quiet, maxWidth: area.width)
    let selected = screen.pane == .answers ? screen.answer : nil
    if core.shownTrends.isEmpty || trace.problem != nil {
      PredictionsView(trace: trace, checkpoint: checkpoint, selected: selected)
        .draw(in: rows, of: &frame)
    } else {
      TrendsView(trends: core.shownTrends, checkpoint: checkpoint, selected: selected)
        .draw(in: rows, of: &frame)
    }
    let classes = core.shownAnswers
    frame.answer(
      in: rows,
      click: { _, y in y < classes.count ? .evidence(.asked(classIndex: classes[y])) : nil })
  }
}

extension Core {
  /// The likely classes of the last minute; empty for an older frame, which has predictions of its
  /// own.
  var shownTrends: [ClassTrend] { live.map { $0.age > 0 ? [] : $0.trends } ?? [] }
}
