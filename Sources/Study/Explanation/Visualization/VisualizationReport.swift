import Reports

/// The targets of some pictures and their values, as text and JSON.
public struct VisualizationReport {
  /// A picture's target and its value.
  public struct Row: Encodable, Sendable {
    /// The target, in words.
    public let target: String
    /// The target's value for the picture.
    public let value: Double

    /// Creates the row of a picture for which `target` has `value`.
    public init(target: String, value: Double) {
      self.target = target
      self.value = value
    }
  }

  private let rows: [Row]
  private let (steps, side): (Int, Int)
  private let seed: UInt64

  /// Reports pictures of `side` × `side`, each after `steps` steps.
  public init(_ rows: [Row], steps: Int, side: Int, seed: UInt64) {
    self.rows = rows
    (self.steps, self.side) = (steps, side)
    self.seed = seed
  }

  /// A line for each picture.
  public var text: String {
    rows.map { "\($0.target): \(NumberText.value(Float($0.value)))" }.joined(separator: "\n")
  }

  /// The report as JSON, for scripts.
  public var json: JSONReport {
    struct Whole: Encodable {
      let pictures: [Row]
      let steps, side: Int
      let seed: UInt64
    }
    return JSONReport(Whole(pictures: rows, steps: steps, side: side, seed: seed))
  }
}
