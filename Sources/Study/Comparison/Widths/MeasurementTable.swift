import Reports

/// Measurements as lines of text that fit eighty columns.
public struct MeasurementTable: Sendable {
  private let measurements: [Measurement]

  /// Shows `measurements`, whose answers are compared with that of the largest.
  public init(_ measurements: [Measurement]) {
    self.measurements = measurements
  }

  /// The headings of the columns.
  public static let header =
    columns("network", "side", "params", "mult-adds", "ms", "top-1", "ImgNet", "this photo")

  /// Returns the line of a candidate, with the figures known so far.
  public func line(of candidate: Candidate) -> String {
    guard let found = measurements.first(where: { $0.candidate == candidate }) else {
      return Self.columns(
        name(of: candidate), "\(candidate.resolution)", "…", "…", "…", "…", "…", "…")
    }
    return Self.columns(
      name(of: candidate), "\(candidate.resolution)", NumberText.short(found.parameters),
      NumberText.short(found.multiplyAdds), NumberText.fixed(found.milliseconds, 2),
      found.accuracy.map { NumberText.fixed($0.top1, 1) } ?? "–",
      found.published.map { NumberText.fixed($0.value, 1) + $0.source.letter } ?? "– ",
      answer(of: found))
  }

  /// Returns the answer for the photo, after a sign for its agreement with the largest network's.
  private func answer(of measurement: Measurement) -> String {
    guard let answer = measurement.answer else {
      return measurement.classes == nil ? "  no classifier" : "  …"
    }
    let sign = measurements.agrees(measurement).map { $0 ? "=" : "≠" } ?? " "
    return "\(sign) \(NumberText.percent(answer.probability)) \(answer.label)"
  }

  private func name(of candidate: Candidate) -> String {
    candidate.name.count > Self.nameWidth ? Candidate.short(candidate.name) : candidate.name
  }

  private static let nameWidth = 15

  private static func columns(
    _ name: String, _ side: String, _ parameters: String, _ multiplyAdds: String, _ time: String,
    _ accuracy: String, _ published: String, _ answer: String
  ) -> String {
    let name = name.count > nameWidth ? String(name.prefix(nameWidth - 1)) + "…" : name
    return [
      name.padded(right: nameWidth), side.padded(left: 4), parameters.padded(left: 7),
      multiplyAdds.padded(left: 9), time.padded(left: 6), accuracy.padded(left: 5),
      published.padded(left: 6), answer,
    ].joined(separator: " ")
  }

  /// The notes on the columns, a line each.
  public static let notes = [
    "ImgNet: published, \(PublishedFigure.Source.howard2017.legend), "
      + "\(PublishedFigure.Source.tensorFlow2018.legend). = same answer as the largest network, ≠ different.",
    "top-1: percent, from the checkpoint's own metadata. ImgNet: that of a network of this width "
      + "and side on ImageNet's 1000 classes. ms: the shortest of \(2 * Repetition.count) runs here, half of them in turns.",
  ]
}
