import MobileNet
import Reports

/// One photo through many networks, as text and JSON.
public struct ComparisonReport: Sendable {
  private let image: String
  private let measurements: [Measurement]

  /// Reports `measurements` for `image`.
  public init(image: String, _ measurements: [Measurement]) {
    self.image = image
    self.measurements = measurements
  }

  /// The table, and the notes on its columns.
  public var text: String {
    let table = MeasurementTable(measurements, of: measurements.map(\.candidate))
    let lines = [table.header] + measurements.map { table.line(of: $0.candidate) }
    return ([image, ""] + lines + [""] + MeasurementTable.notes).joined(separator: "\n")
  }

  /// The report as JSON, for scripts.
  public var json: JSONReport {
    JSONReport(Document(image: image, networks: measurements.map { Row($0, measurements) }))
  }

  private struct Document: Encodable {
    let image: String
    let networks: [Row]
  }

  private struct Row: Encodable {
    let name: String
    let width: Double
    let shallow: Bool
    let resolution: Resolution
    let parameters, multiplyAdds: Int
    let milliseconds: Double
    let measuredTop1, measuredTop5: Double?
    let publishedTop1: Double?
    let publishedSource: String?
    let answer: Measurement.TopClass.Entry?
    let agreesWithLargest: Bool?

    init(_ measurement: Measurement, _ all: [Measurement]) {
      let candidate = measurement.candidate
      name = candidate.name
      width = measurement.width
      shallow = measurement.isShallow
      resolution = candidate.resolution
      parameters = measurement.parameters
      multiplyAdds = measurement.multiplyAdds
      milliseconds = measurement.milliseconds
      measuredTop1 = measurement.accuracy?.top1
      measuredTop5 = measurement.accuracy?.top5
      publishedTop1 = measurement.published?.value
      publishedSource = measurement.published.map { "\($0.source.rawValue), \($0.place)" }
      answer = measurement.answer.map(\.entry)
      agreesWithLargest = all.agrees(measurement)
    }
  }
}
