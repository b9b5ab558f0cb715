import MobileNet

/// The layers as text and JSON; with a trace, with the time each took.
public struct LayerTable: Sendable {
  private let layers: [Layer]
  private let milliseconds: [Double]?

  /// Creates a table of `layers`, with the `milliseconds` of each if known.
  public init(layers: [Layer], milliseconds: [Double]? = nil) {
    self.layers = layers
    self.milliseconds = milliseconds
  }

  /// One line per layer and one for the sum.
  public var text: String {
    var header = ["#", "layer", "kind", "output", "parameters", "multiply-adds"]
    if milliseconds != nil { header.append("ms") }
    var lines = [Self.line(header)]
    for (position, layer) in layers.enumerated() {
      var row = [
        "\(layer.index)", layer.name, layer.kind.rawValue, "\(layer.output)",
        NumberText.grouped(layer.parameters), NumberText.grouped(layer.multiplyAdds),
      ]
      if let milliseconds { row.append(NumberText.fixed(milliseconds[position], 3)) }
      lines.append(Self.line(row))
    }
    lines.append("")
    lines.append(summary)
    return lines.joined(separator: "\n")
  }

  /// The number of layers and the sums of their costs, on one line.
  public var summary: String {
    let cost =
      "\(layers.count) layers, \(NumberText.grouped(layers.parameters)) parameters, "
      + "\(NumberText.fixed(Double(layers.multiplyAdds) / 1e6, 1)) M multiply-adds"
    guard let milliseconds else { return cost }
    return cost + ", \(NumberText.fixed(milliseconds.reduce(0, +), 1)) ms"
  }

  /// The table as JSON, for scripts.
  public var json: JSONReport { JSONReport(self) }

  private static let columns: [(width: Int, isNumber: Bool)] = [
    (2, true), (12, false), (15, false), (13, true), (10, true), (13, true), (7, true),
  ]

  private static func line(_ fields: [String]) -> String {
    zip(fields, columns)
      .map { $1.isNumber ? $0.padded(left: $1.width) : $0.padded(right: $1.width) }
      .joined(separator: "  ")
  }
}

extension LayerTable: Encodable {
  private struct Row: Encodable {
    let index: Int
    let name: String
    let kind: String
    let output: [Int]
    let parameters: Int
    let multiplyAdds: Int
    let milliseconds: Double?
  }

  private enum CodingKeys: CodingKey {
    case layers, parameters, multiplyAdds
  }

  /// Encodes the layers and their sums under the names that scripts rely on.
  public func encode(to encoder: any Encoder) throws {
    let rows = layers.enumerated().map { position, layer in
      Row(
        index: layer.index, name: layer.name, kind: layer.kind.rawValue,
        output: [layer.output.height, layer.output.width, layer.output.channels],
        parameters: layer.parameters, multiplyAdds: layer.multiplyAdds,
        milliseconds: milliseconds?[position])
    }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rows, forKey: .layers)
    try container.encode(layers.parameters, forKey: .parameters)
    try container.encode(layers.multiplyAdds, forKey: .multiplyAdds)
  }
}
