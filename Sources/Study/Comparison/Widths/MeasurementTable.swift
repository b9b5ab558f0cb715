import Reports

/// Measurements as lines of text that fit eighty columns.
public struct MeasurementTable: Sendable {
  private let measurements: [Measurement]
  private let inputs: [String]

  /// Shows `measurements` of some of `candidates`, among which the largest is looked for.
  public init(_ measurements: [Measurement], of candidates: [Candidate]) {
    self.measurements = measurements
    inputs = candidates.map { "\($0.resolution)" }
  }

  /// The names of the columns.
  public var header: String {
    columns(
      "network", inputWidth == Self.sideWidth ? "side" : "input", "params", "mult-adds", "ms",
      "top-1", "ImgNet", "this photo")
  }

  /// The columns that a line has before the answer.
  public var width: Int { header.count - "this photo".count }

  /// The columns of a side; inputs that are not square need more.
  private static let sideWidth = 4

  private var inputWidth: Int { max(Self.sideWidth, inputs.map(\.count).max() ?? 0) }

  /// Returns the line of a candidate, with the figures known so far.
  public func line(of candidate: Candidate) -> String {
    guard let found = measurements.first(where: { $0.candidate == candidate }) else {
      return columns(
        name(of: candidate), "\(candidate.resolution)", "…", "…", "…", "…", "…", "…")
    }
    return columns(
      name(of: candidate), "\(candidate.resolution)", NumberText.short(found.parameters),
      NumberText.short(found.multiplyAdds), NumberText.fixed(found.milliseconds, 2),
      found.accuracy.map { NumberText.fixed($0.top1, 1) } ?? "–",
      found.published.map { NumberText.fixed($0.value, 1) + $0.source.letter } ?? "– ",
      answer(of: found))
  }

  /// Returns the answer for the photo, after a sign for its agreement with the largest network's.
  private func answer(of measurement: Measurement) -> String {
    guard let answer = measurement.answer else {
      return measurement.classes == nil
        ? "  no classifier" : measurement.overflows ? "  no answer: too large" : "  …"
    }
    let sign = measurements.agrees(measurement).map { $0 ? "=" : "≠" } ?? " "
    return "\(sign) \(NumberText.percent(answer.probability)) \(answer.label)"
  }

  private func name(of candidate: Candidate) -> String {
    candidate.name.count > Self.nameWidth ? Candidate.short(candidate.name) : candidate.name
  }

  private static let nameWidth = 15

  private func columns(
    _ name: String, _ input: String, _ parameters: String, _ multiplyAdds: String, _ time: String,
    _ accuracy: String, _ published: String, _ answer: String
  ) -> String {
    let room = Self.nameWidth
    let name = name.count > room ? String(name.prefix(room - 1)) + "…" : name
    return [
      name.padded(right: room), input.padded(left: inputWidth), parameters.padded(left: 7),
      multiplyAdds.padded(left: 9), time.padded(left: 6), accuracy.padded(left: 5),
      published.padded(left: 6), answer,
    ].joined(separator: " ")
  }

  /// The notes on the columns, a line each.
  public static let notes = [
    "ImgNet: published, \(PublishedFigure.Source.howard2017.legend), "
      + "\(PublishedFigure.Source.tensorFlow2018.legend). = same answer as the largest network, "
      + "≠ different.",
    "top-1: percent, from the checkpoint's own metadata. ImgNet: that of a network of this width "
      + "and input on ImageNet's 1000 classes. ms: the shortest of \(2 * Repetition.count) runs "
      + "here, half of them in turns.",
  ]
}
