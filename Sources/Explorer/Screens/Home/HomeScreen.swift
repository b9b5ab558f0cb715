import Cells

extension Screen {
  /// The list of layers, the selected one's facts, one of its channels, the predictions.
  static let home = Screen(
    bindings: Bindings.layers + Bindings.channels + [
      Binding(
        [.enter], "Enter", label: "zoom", help: "Show this channel alone.", action: .opened(.zoom)),
      Bindings.grid, Bindings.kernels, Bindings.lesson, Bindings.compare, Bindings.evidence,
      Bindings.switchOff,
      Bindings.undo,
      Binding(
        [.character("i")], "i", label: "input",
        help: "Show the photo, the crop and what the network gets.", action: .opened(.input)),
    ] + Bindings.view + Bindings.find + Bindings.files,
    title: "Layers",
    draw: { state, area, frame in HomeView(state: state).draw(in: area, of: &frame) })
}

/// On the left all layers above the answer, on the right one layer above one of its channels.
struct HomeView {
  let state: ExplorerState

  func draw(in area: Rect, of frame: inout Frame) {
    let width =
      area.width >= 120
      ? min(LayerListView.fullWidth, area.width * 3 / 5) : LayerListView.compactWidth
    let answers = min(5, max(1, area.height / 4))
    let list = Rect(
      x: area.x, y: area.y, width: width,
      height: min(state.layers.count + 1, area.height - answers - 1))
    LayerListView(state: state).draw(in: list, of: &frame)
    // A line apart where there is room for it.
    let top = min(list.maxY + 1, area.maxY - answers - 1)
    drawAnswers(
      in: Rect(x: area.x + 1, y: top, width: width - 1, height: answers + 1), of: &frame)

    let right = Rect(
      x: list.maxX + 1, y: area.y, width: area.width - width - 1, height: area.height)
    let facts = FactsView(state: state).draw(in: right, of: &frame)
    let below = Rect(
      x: right.x, y: right.y + facts, width: right.width, height: right.height - facts)
    ChannelPane(state: state).draw(in: below, of: &frame) { _, _ in .opened(.zoom) }
  }

  /// What the network thinks the photo shows; a click asks what spoke for a class.
  private func drawAnswers(in area: Rect, of frame: inout Frame) {
    guard let trace = state.run?.value else { return }
    let rows = Rect(x: area.x, y: area.y + 1, width: area.width, height: area.height - 1)
    frame.cells.write("answer", x: area.x, y: area.y, style: Theme.quiet)
    let checkpoint = state.model.checkpoint
    // An older frame has its own answer, and no past that would fit beside it.
    let trends = state.live.map { $0.age > 0 ? [] : $0.trends } ?? []
    let classes: [Int]
    if trends.isEmpty {
      PredictionsView(trace: trace, checkpoint: checkpoint).draw(in: rows, of: &frame)
      classes = trace.predictions(top: rows.height).map(\.classIndex)
    } else {
      TrendsView(trends: trends, checkpoint: checkpoint).draw(in: rows, of: &frame)
      classes = trends.map(\.classIndex)
    }
    frame.answer(
      in: rows,
      click: { _, y in y < classes.count ? .evidence(.asked(classIndex: classes[y])) : nil })
  }
}
