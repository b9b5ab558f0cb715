import Reports

/// A bar chart: numbers under a title, each with a bar for its size.
public struct Chart: Equatable, Sendable {
  /// One number of the chart.
  public struct Row: Equatable, Sendable {
    /// The name of the number.
    public let name: String
    /// The number; nil while it is still to be guessed.
    public let value: Double?
    /// The number as it is written.
    public let text: String

    init(_ name: String, _ value: Double, _ text: String) {
      self.name = name
      self.value = value
      self.text = text
    }

    /// A number that is still to be guessed.
    init(unknown name: String) {
      self.name = name
      value = nil
      text = "?"
    }
  }

  /// The name of the chart.
  public let title: String
  /// The numbers.
  public let rows: [Row]
  /// The number that a full bar stands for.
  public let reach: Double
  /// The row to highlight; nil for none.
  public let lit: Int?

  /// Creates a chart of `rows`; the largest fills its bar, unless `reach` is given.
  init(_ title: String, _ rows: [Row], reach: Double? = nil, lit: Int? = nil) {
    self.title = title
    self.rows = rows
    self.reach = reach ?? rows.compactMap(\.value).max() ?? 0
    self.lit = lit
  }

  /// The rows as text, in columns of names and numbers.
  var lines: [String] {
    let names = rows.map(\.name.count).max() ?? 0
    let texts = rows.map(\.text.count).max() ?? 0
    return rows.map { $0.name.padded(right: names) + "  " + $0.text.padded(left: texts) }
  }
}
