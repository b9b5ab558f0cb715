import Cells

extension Screen {
  /// The list of layers, the selected one's facts, one of its channels, the predictions.
  static let home = Screen(
    bindings: Bindings.layers + Bindings.channels + [
      Binding(
        [.enter], "⏎", label: "zoom", help: "Show this channel alone.", action: .opened(.zoom)),
      Bindings.grid, Bindings.kernels, Bindings.lesson, Bindings.evidence, Bindings.switchOff,
      Bindings.undo,
      Binding(
        [.character("i")], "i", label: "input",
        help: "Show the photo, the crop and what the network gets.", action: .opened(.input)),
    ] + Bindings.view + Bindings.find + Bindings.files,
    title: "Layers",
    draw: { state, area, frame in
      let listWidth =
        area.width >= 120
        ? min(LayerListView.fullWidth, area.width * 3 / 5)
        : LayerListView.compactWidth
      let left = Rect(x: area.x, y: area.y, width: listWidth, height: area.height)
      let right = Rect(
        x: left.maxX + 1, y: area.y, width: area.width - listWidth - 1, height: area.height)
      LayerListView(state: state).draw(in: left, of: &frame)

      let facts = FactsView(state: state).draw(in: right, of: &frame)
      let predictions = min(5, max(1, right.height / 4))
      let middle = Rect(
        x: right.x, y: right.y + facts, width: right.width,
        height: max(0, right.height - facts - predictions))
      ChannelPane(state: state).draw(in: middle, of: &frame) { _, _ in .opened(.zoom) }
      guard let trace = state.run?.value else { return }
      PredictionsView(trace: trace, checkpoint: state.model.checkpoint).draw(
        in: Rect(
          x: right.x, y: right.maxY - predictions, width: right.width, height: predictions),
        of: &frame)
    })
}
