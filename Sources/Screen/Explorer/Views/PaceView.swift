import Cells
import Live
import Reports

/// A line with the stream's pace, or the reason why it broke off.
struct PaceView {
  let live: LiveState

  func draw(in area: Rect, of cells: inout CellBuffer) {
    var (line, style) = (text(width: area.width - 2), Theme.quiet)
    switch live.status {
    case .ended(let reason?): (line, style) = (reason, Theme.error)
    // Nothing comes any more, so there is no pace.
    case .ended:
      line = "the stream has ended; \(NumberText.grouped(live.skipped)) frames were skipped"
    default: break
    }
    cells.write(line, x: area.x + 1, y: area.y, style: style, maxWidth: area.width - 1)
  }

  /// Returns the longest wording that fits into `width`.
  private func text(width: Int) -> String {
    let pace = live.pace
    func rate(_ rate: Double) -> String { NumberText.fixed(rate, rate < 99.95 ? 1 : 0) }
    func time(_ time: Double) -> String { NumberText.fixed(time, time < 9.95 ? 2 : 1) }
    let milliseconds = [pace.decoding, pace.preparing, pace.inferring, pace.drawing]
    let times = milliseconds.map(time)
    let rates = [pace.read, pace.inferred, pace.drawn].map(rate)
    let long =
      "frames a second: \(rates[0]) in, \(rates[1]) inferred, \(rates[2]) drawn; "
      + "\(NumberText.grouped(live.skipped)) skipped ─ milliseconds: decode \(times[0]), "
      + "preprocessing \(times[1]), inference \(times[2]), drawing \(times[3])"
    let middle =
      "per s: \(rates[0]) in, \(rates[1]) inferred, \(rates[2]) drawn; \(live.skipped) skipped ─ "
      + "ms: decode \(times[0]), prepare \(times[1]), infer \(times[2]), draw \(times[3])"
    let (read, drawn) = (NumberText.fixed(pace.read, 0), NumberText.fixed(pace.drawn, 0))
    let short = milliseconds.suffix(2).map { NumberText.fixed($0, $0 < 9.95 ? 1 : 0) }
    let narrow =
      "per s: \(read) in, \(rates[1]) inferred, \(drawn) drawn; \(live.skipped) skipped ─ "
      + "ms: infer \(short[0]), draw \(short[1])"
    return [long, middle].first { $0.count <= width } ?? narrow
  }
}

extension LiveState {
  /// The stream's status, and the shown frame.
  var statusText: String {
    let shown = frame.map { " ─ frame \($0)" + (age > 0 ? ", \(age) back" : "") } ?? ""
    return switch status {
    case .waiting: "waiting for frames …"
    case .running: "▶" + shown
    case .held: "measuring on" + shown.dropFirst(2)
    case .stalled: "no frames come …" + shown
    case .paused: "paused" + shown
    case .ended(nil): "ended" + shown
    case .ended: "broken off" + shown
    }
  }
}
