extension RooflineScreen {
  func sentences(_ core: Core) -> [String] {
    guard let roof = roof(core) else { return ["Measuring this machine."] }
    let view = RooflineView(screen: self, core: core)
    return [view.sentence(points(core, under: roof), roof)]
  }
}
