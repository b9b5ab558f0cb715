import MobileNet
import Reports

/// A report on one second of a stream, or on all of it, as a line of text and as a line of JSON.
public struct LiveReport {
  private let pace: Pace
  private let isTotal: Bool
  private let best: Best?

  /// Reports on a `second`, with the newest answer at its end.
  public init(second pace: Pace, newest trace: Trace?, checkpoint: Checkpoint) {
    self.pace = pace
    isTotal = false
    best = trace?.predictions(top: 1).first.map {
      Best(
        class: $0.classIndex, label: checkpoint.label($0.classIndex), probability: $0.probability)
    }
  }

  /// Reports on everything up to `tally`; rates are over the time from the first run to the last.
  public init(total tally: Tally) {
    pace = Pace(tally, since: Tally(), seconds: tally.span)
    isTotal = true
    best = nil
  }

  /// The report for a person.
  public var text: String {
    let counts = pace.between
    func fixed(_ value: Double, _ digits: Int = 1) -> String { NumberText.fixed(value, digits) }
    let times =
      "decode \(fixed(pace.decoding, 2)), preprocessing \(fixed(pace.preparing, 2)), "
      + "inference \(fixed(pace.inferring, 2))"
    if isTotal {
      let drawn =
        counts.drawn > 0 ? ", \(NumberText.grouped(counts.drawn)) drawn" : ""
      return "total: \(NumberText.grouped(counts.read)) frames in, "
        + "\(NumberText.grouped(counts.inferred)) inferred\(drawn), "
        + "\(NumberText.grouped(counts.skipped)) skipped in \(fixed(pace.seconds)) s: "
        + "\(fixed(pace.inferred)) inferred/s; ms: \(times)"
        + (counts.drawn > 0 ? ", drawing \(fixed(pace.drawing, 2))" : "")
    }
    let answer = best.map { "  \($0.label) \(NumberText.percent(Double($0.probability)))" } ?? ""
    return
      "in \(fixed(pace.read).padded(left: 6))/s  inferred \(fixed(pace.inferred).padded(left: 6))"
      + "  skipped \("\(counts.skipped)".padded(left: 4))  ms: \(times)\(answer)"
  }

  /// Returns the report for a script.
  public func json() throws -> String {
    let counts = pace.between
    return try JSONReport(
      Line(
        kind: isTotal ? "total" : "second", seconds: pace.seconds, read: counts.read,
        inferred: counts.inferred, skipped: counts.skipped, drawn: counts.drawn,
        inferredPerSecond: pace.inferred, decodeMilliseconds: pace.decoding,
        preprocessingMilliseconds: pace.preparing, inferenceMilliseconds: pace.inferring,
        drawingMilliseconds: pace.drawing, best: best)
    ).line()
  }

  private struct Best: Encodable {
    let `class`: Int
    let label: String
    let probability: Float
  }

  private struct Line: Encodable {
    let kind: String
    let seconds: Double
    let read, inferred, skipped, drawn: Int
    let inferredPerSecond, decodeMilliseconds, preprocessingMilliseconds: Double
    let inferenceMilliseconds, drawingMilliseconds: Double
    let best: Best?
  }
}
