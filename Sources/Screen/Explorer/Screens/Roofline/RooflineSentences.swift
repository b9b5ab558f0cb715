extension RooflineScreen {
  func sentences(_ core: Core) -> [String] {
    guard let roof = roof(core), core.original != nil else {
      return [core.live == nil ? "This machine is being measured." : "Stop the stream to measure."]
    }
    let view = RooflineView(screen: self, core: core)
    return [core.layerSentence, view.sentence(points(core, under: roof), roof)]
  }
}
