import Comparison
import Reports

extension RooflineScreen {
  func sentences(_ core: Core) -> [String] {
    guard let line = line(core) else { return ["Measuring this machine."] }
    return machine(line)
      + [RooflineView(screen: self, core: core).sentence(line)]
      + [line.points[core.selection.layer].map { reached($0, core) }].compactMap(\.self)
  }

  /// The machine's limits, a sentence each for arithmetic and memory.
  private func machine(_ line: Roofline) -> [String] {
    let levels = line.roof.levels.map { level in
      "\(NumberText.fixed(level.bandwidth, 1)) from \(level.name)"
        + (level.capacity == .max ? "" : ", which holds \(NumberText.bytes(level.capacity))")
    }
    return [
      "This machine does at most \(NumberText.fixed(line.roof.multiplyAdds, 0)) billion "
        + "multiply-adds a second.",
      "In gigabytes a second it reads \(levels.joined(separator: "; "))."
        + (line.note.map { " These are \($0)." } ?? ""),
    ]
  }

  private func reached(_ point: RooflinePoint, _ core: Core) -> String {
    func text(_ milliseconds: Double) -> String { NumberText.value(Float(milliseconds)) }
    return "It takes \(text(point.milliseconds)) milliseconds; its arithmetic alone would take "
      + "\(text(point.arithmetic)), its bytes alone \(text(point.transfer)). It does "
      + "\(NumberText.fixed(point.speed, 1)) billion multiply-adds a second, "
      + "\(core.percent(point.speed / point.limit)) of its limit."
  }
}
