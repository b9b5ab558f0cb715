import MobileNet
import Reports

/// The accuracy and cost of several networks on the same labelled images.
public struct FolderComparison: Sendable {
  /// One network.
  public struct Row: Sendable {
    /// The network's name as people see it.
    public let name: String
    /// The rows and columns of the input.
    public let resolution: Resolution
    /// The number of weights and biases.
    public let parameters: Int
    /// The number of multiply-adds for an image.
    public let multiplyAdds: Int
    /// The shortest time for an image, in milliseconds.
    public let milliseconds: Double
    /// The network's results.
    public let evaluation: Evaluation

    /// Creates the row of a network.
    public init(
      name: String, resolution: Resolution, parameters: Int, multiplyAdds: Int,
      milliseconds: Double,
      evaluation: Evaluation
    ) {
      self.name = name
      self.resolution = resolution
      self.parameters = parameters
      self.multiplyAdds = multiplyAdds
      self.milliseconds = milliseconds
      self.evaluation = evaluation
    }
  }

  /// The maximum cost of an image.
  public enum Budget: Equatable, Sendable {
    /// A time, in milliseconds.
    case milliseconds(Double)
    /// A number of multiply-adds.
    case multiplyAdds(Double)

    /// Reads "5ms", or "100M" with k, M or G; nil for other texts.
    public init?(_ text: String) {
      let digits = text.prefix { $0.isNumber || $0 == "." }
      let unit = text.dropFirst(digits.count).trimmingPrefix(" ")
      guard let number = Double(digits), number > 0, number.isFinite else { return nil }
      switch unit {
      case "ms": self = .milliseconds(number)
      case "k": self = .multiplyAdds(number * 1e3)
      case "M": self = .multiplyAdds(number * 1e6)
      case "G": self = .multiplyAdds(number * 1e9)
      default: return nil
      }
    }

    func allows(_ row: Row) -> Bool {
      switch self {
      case .milliseconds(let most): row.milliseconds <= most
      case .multiplyAdds(let most): Double(row.multiplyAdds) <= most
      }
    }
  }

  /// The networks, in the order of the request.
  public let rows: [Row]

  /// Compares `rows`.
  public init(_ rows: [Row]) { self.rows = rows }

  /// Returns the best network within `budget`: that with the highest top-1 or, among equals, with
  /// fewer multiply-adds.
  public func best(within budget: Budget) -> Row? {
    rows.filter { budget.allows($0) }.max {
      ($0.evaluation.share(top: 1), $1.multiplyAdds)
        < ($1.evaluation.share(top: 1), $0.multiplyAdds)
    }
  }

  /// Returns a line per network, then the best within `budget`, which the person wrote as `text`.
  public func text(budget: (text: String, value: Budget)?) -> String {
    let width = max(rows.map(\.name.count).max() ?? 0, 7)
    let head =
      "network".padded(right: width)
      + "  side  parameters  multiply-adds       ms   top-1   top-5    ECE"
    var lines = [head]
    lines += rows.map { row in
      row.name.padded(right: width) + " \(row.resolution)".padded(left: 6)
        + NumberText.short(row.parameters).padded(left: 12)
        + NumberText.short(row.multiplyAdds).padded(left: 15)
        + NumberText.fixed(row.milliseconds, 2).padded(left: 9)
        + percent(row.evaluation.share(top: 1)).padded(left: 8)
        + percent(row.evaluation.share(top: 5)).padded(left: 8)
        + NumberText.fixed(row.evaluation.calibration.error, 3).padded(left: 7)
    }
    let images = rows.first.map { $0.evaluation.answers.count } ?? 0
    let counted = "\(NumberText.grouped(images)) image\(images == 1 ? "" : "s")"
    lines += ["", "\(counted); accuracy in percent"]
    if let budget {
      lines.append(
        best(within: budget.value).map {
          "best within \(budget.text): \($0.name) at \($0.resolution), top-1 "
            + "\(percent($0.evaluation.share(top: 1))) %"
        } ?? "nothing costs as little as \(budget.text)")
    }
    return lines.joined(separator: "\n")
  }

  private func percent(_ share: Double) -> String { NumberText.fixed(share * 100, 2) }

  /// Returns the comparison as JSON, for scripts; "best" marks the best network within `budget`.
  public func json(budget: Budget?) -> JSONReport {
    struct Line: Encodable {
      let weights: String
      let resolution: Resolution
      let parameters, multiplyAdds, images, unreadable: Int
      let milliseconds, top1, top5, ece: Double
      let best: Bool?
    }
    let best = budget.flatMap { self.best(within: $0) }
    return JSONReport(
      rows.map { row in
        Line(
          weights: row.name, resolution: row.resolution, parameters: row.parameters,
          multiplyAdds: row.multiplyAdds, images: row.evaluation.answers.count,
          unreadable: row.evaluation.unreadable.count, milliseconds: row.milliseconds,
          top1: row.evaluation.share(top: 1) * 100, top5: row.evaluation.share(top: 5) * 100,
          ece: row.evaluation.calibration.error,
          best: budget.map { _ in row.name == best?.name && row.resolution == best?.resolution })
      })
  }
}
