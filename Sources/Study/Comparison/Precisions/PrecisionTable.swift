import MobileNet
import Reports

/// Networks in several precisions: the cost and accuracy of each, and the agreement of their
/// answers.
public struct PrecisionTable: Sendable {
  /// One network at one resolution in one precision.
  public struct Row: Sendable {
    /// The network's name as people see it.
    public let name: String
    /// The rows and columns of the input.
    public let resolution: Resolution
    /// The precision of the computation.
    public let precision: Precision
    /// The bytes of weights and biases.
    public let weightBytes: Int
    /// The bytes of all layers' outputs.
    public let outputBytes: Int
    /// The shortest time of several recorded runs, in milliseconds.
    public let milliseconds: Double
    /// The results on images whose classes are known, with accuracies 0…1; nil without images.
    public var accuracy: (images: Int, top1: Double, top5: Double)?
    /// The share of images with the same answer as in the first precision, 0…1; nil for the first.
    public var agreement: Double?
    /// The most likely class of the photo; nil without a photo or a classifier.
    public var answer: Measurement.TopClass?

    /// Creates the row of `network`, called `name`.
    public init(name: String, _ network: PrecisionNetwork, milliseconds: Double) {
      self.name = name
      resolution = network.resolution
      precision = network.precision
      weightBytes = network.weightBytes
      outputBytes = network.outputBytes
      self.milliseconds = milliseconds
    }
  }

  private let rows: [Row]
  private let subject: String
  private let notes: [String]

  /// Shows `rows`, those of a network one below the other, measured on `subject`, an image or a
  /// folder; `notes` describe the measurement.
  public init(_ rows: [Row], on subject: String, notes: [String]) {
    self.rows = rows
    self.subject = subject
    self.notes = notes
  }

  /// A line for each row, and the notes on the columns.
  public var text: String {
    let width = max(rows.map(\.name.count).max() ?? 0, 7)
    let hasImages = rows.contains { $0.accuracy != nil }
    let last = hasImages ? "  top-1   top-5  same answer" : "  this photo"
    let header =
      "network".padded(right: width) + " side precision  weights  outputs      ms" + last
    let lines = rows.map { row in
      row.name.padded(right: width) + " \(row.resolution)".padded(left: 5) + " "
        + row.precision.rawValue.padded(right: 9)
        + NumberText.bytes(row.weightBytes).padded(left: 9)
        + NumberText.bytes(row.outputBytes).padded(left: 9)
        + NumberText.fixed(row.milliseconds, 2).padded(left: 8) + end(of: row)
    }
    return
      ([subject, "", header] + lines + [""] + (notes + [Self.note]).flatMap { $0.wrapped(to: 79) })
      .joined(separator: "\n")
  }

  private func end(of row: Row) -> String {
    if let accuracy = row.accuracy {
      return percent(accuracy.top1).padded(left: 7) + percent(accuracy.top5).padded(left: 8)
        + (row.agreement.map { percent($0) + " %" } ?? "").padded(left: 13)
    }
    guard let answer = row.answer else { return "  no classifier" }
    let sign = row.agreement.map { $0 == 1 ? "=" : "≠" } ?? " "
    return "  \(sign) \(NumberText.percent(answer.probability, digits: 1)) \(answer.label)"
  }

  private func percent(_ share: Double) -> String { NumberText.fixed(share * 100, 2) }

  /// The note on the columns.
  private static let note =
    "weights, outputs: what they take in a file and in memory. ms: the shortest of "
    + "\(Repetition.count) runs that record everything. Answers are compared with those of the first "
    + "precision."

  /// Returns the table as JSON, for scripts, with the `losses` of layers if they are known.
  public func json(_ losses: LossReport? = nil) -> JSONReport {
    JSONReport(
      Document(
        subject: subject, notes: notes, networks: rows.map(Line.init), losses: losses?.entries))
  }

  private struct Document: Encodable {
    let subject: String
    let notes: [String]
    let networks: [Line]
    let losses: [LossReport.Entry]?
  }

  private struct Line: Encodable {
    let name: String
    let resolution: Resolution
    let precision: Precision
    let weightBytes, outputBytes: Int
    let milliseconds: Double
    let images: Int?
    let top1, top5, agreement: Double?
    let answer: Measurement.TopClass.Entry?

    init(_ row: Row) {
      name = row.name
      resolution = row.resolution
      precision = row.precision
      weightBytes = row.weightBytes
      outputBytes = row.outputBytes
      milliseconds = row.milliseconds
      images = row.accuracy?.images
      top1 = row.accuracy.map { $0.top1 * 100 }
      top5 = row.accuracy.map { $0.top5 * 100 }
      agreement = row.agreement.map { $0 * 100 }
      answer = row.answer.map(\.entry)
    }
  }
}
