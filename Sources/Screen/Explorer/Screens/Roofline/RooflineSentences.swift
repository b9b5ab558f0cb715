import Reports

extension RooflineScreen {
  func sentences(_ core: Core) -> [String] {
    guard let line = line(core) else { return ["Measuring this machine."] }
    let view = RooflineView(screen: self, core: core)
    let reached = line.points[core.selection.layer].map { point in
      "It does \(NumberText.fixed(point.speed, 1)) billion multiply-adds a second, "
        + "\(core.percent(point.speed / point.limit)) of its limit."
    }
    return [view.text(of: line).asSentence, view.sentence(line)] + [reached].compactMap(\.self)
  }
}
