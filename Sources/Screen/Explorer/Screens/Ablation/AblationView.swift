import Cells
import MobileNet
import Reports

extension AblationScreen {
  static let bindings: [Binding] = [
    Binding(
      [.enter], "Enter", label: "layers",
      help: "Go to the layers, which show the network as it is now.",
      action: .opened(.home))
  ]

  func draw(_ core: Core, in area: Rect, of frame: inout Frame) {
    AblationView(core: core).draw(in: area, of: &frame)
  }
}

/// The classes before and after, above what is switched off.
struct AblationView {
  let core: Core

  private static let rows = 5

  func draw(in area: Rect, of frame: inout Frame) {
    guard let run = core.run?.trace else {
      frame.cells.write(core.waitingText, x: area.x, y: area.y, style: Theme.quiet)
      return
    }
    let before = core.original?.trace ?? run
    let (_, answers, _) = area.rows(.fixed(1), .fixed(Self.rows), .fill)
    let (left, right) = answers.columns(.fill, .fill, gap: 2)
    frame.cells.write("before", x: left.x, y: area.y, style: Theme.title)
    frame.cells.write("now", x: right.x, y: area.y, style: Theme.title)
    let checkpoint = core.model.checkpoint
    for (trace, place) in [(before, left), (run, right)] {
      PredictionsView(trace: trace, checkpoint: checkpoint, labelWidth: left.width / 2)
        .draw(in: place, of: &frame)
    }

    var y = left.maxY + 1
    for line in changes(from: before, to: run) + [whatRanAgain(run)].compactMap(\.self) {
      frame.cells.write(line, x: area.x, y: y, maxWidth: area.width)
      y += 1
    }
    y += 1
    let switches = core.switches
    func draw(_ text: String, indent: Int = 0, _ style: Style) {
      y += Paragraph.draw(
        text,
        in: Rect(
          x: area.x + indent, y: y, width: area.width - indent, height: max(0, area.maxY - y)),
        style: style, of: &frame.cells)
    }
    guard !switches.isEmpty else {
      draw("Nothing is switched off.", Theme.title)
      draw(
        "x switches off the channel that is shown, the channels marked in the grid (Space), or the "
          + "area marked in the zoom (v).", Theme.plain)
      return
    }
    draw("Switched off", Theme.title)
    for (line, part) in switches.reversed().enumerated() {
      guard y < area.maxY else { return }
      frame.cells.write("\(switches.count - line)", x: area.x + 1, y: y)
      draw(name(of: part), indent: 4, Theme.plain)
    }
  }

  /// How much of the network was computed for the answer; nil while that is the original one.
  private func whatRanAgain(_ run: Trace) -> String? {
    guard core.original != core.run,
      let first = core.switches.map(\.layer).min()
    else { return nil }
    let times = run.milliseconds[(first + 1)...]
    return "\(times.count) of \(run.layers.count) layers ran again, in "
      + "\(NumberText.fixed(times.reduce(0, +), 1)) ms"
  }

  /// What became of the class that was the most likely before and of the one that is now.
  private func changes(from before: Trace, to after: Trace) -> [String] {
    let tops = [before, after].compactMap { $0.predictions(top: 1).first?.classIndex }
    guard let first = tops.first, let last = tops.last, let sums = before.layers.classifier
    else { return [] }
    let position = before.layers.count - 1
    return (first == last ? [first] : [first, last]).map { index in
      func percent(_ trace: Trace) -> String {
        NumberText.percent(Double(trace.output(at: position)[0, 0, index]), digits: 1)
      }
      func sum(_ trace: Trace) -> String { NumberText.value(trace.output(at: sums)[0, 0, index]) }
      return "\(core.model.checkpoint.label(index)): \(percent(before)) → \(percent(after)), "
        + "its sum \(sum(before)) → \(sum(after))"
    }
  }

  /// Numbers in ascending order, those that follow each other as one: `3, 5–8`.
  private func runs(of numbers: Set<Int>) -> [String] {
    let firsts = numbers.filter { !numbers.contains($0 - 1) }.sorted()
    return firsts.map { first in
      let last = (first...).first { !numbers.contains($0 + 1) } ?? first
      return first == last ? "\(first)" : "\(first)–\(last)"
    }
  }

  private func name(of part: SwitchOff) -> String {
    let layer = core.layers[part.layer].name
    switch part.part {
    case .channels(let channels):
      let numbers = runs(of: channels).joined(separator: ", ")
      return "\(layer), channel\(channels.count == 1 ? "" : "s") \(numbers)"
    case .area(let rows, let columns):
      return "\(layer), rows \(rows.lowerBound)–\(rows.upperBound - 1), "
        + "columns \(columns.lowerBound)–\(columns.upperBound - 1)"
    }
  }
}
