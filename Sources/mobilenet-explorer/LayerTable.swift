import Foundation
import MobileNet

/// The layers as people and as scripts read them.
struct LayerTable {
  let layers: [Layer]

  /// One line per layer and one for the sum.
  func text() -> String {
    var lines = [Self.line("#", "layer", "kind", "output", "parameters", "multiply-adds")]
    for layer in layers {
      lines.append(
        Self.line(
          "\(layer.index)", layer.name, layer.kind.rawValue, "\(layer.output)",
          Self.grouped(layer.parameters), Self.grouped(layer.multiplyAdds)))
    }
    let millions = String(format: "%.1f M", Double(layers.multiplyAdds) / 1e6)
    lines.append("")
    lines.append(
      "\(layers.count) layers, \(Self.grouped(layers.parameters)) parameters, "
        + "\(millions) multiply-adds")
    return lines.joined(separator: "\n")
  }

  /// The same for scripts.
  func json() throws -> String {
    struct Row: Encodable {
      let index: Int
      let name: String
      let kind: String
      let output: [Int]
      let parameters: Int
      let multiplyAdds: Int
    }
    struct Table: Encodable {
      let layers: [Row]
      let parameters: Int
      let multiplyAdds: Int
    }
    let rows = layers.map {
      Row(
        index: $0.index, name: $0.name, kind: $0.kind.rawValue,
        output: [$0.output.height, $0.output.width, $0.output.channels],
        parameters: $0.parameters, multiplyAdds: $0.multiplyAdds)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let table = Table(
      layers: rows, parameters: layers.parameters, multiplyAdds: layers.multiplyAdds)
    return String(decoding: try encoder.encode(table), as: UTF8.self)
  }

  private static func line(
    _ index: String, _ name: String, _ kind: String, _ output: String, _ parameters: String,
    _ multiplyAdds: String
  ) -> String {
    func left(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    func right(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    return [
      right(index, 2), left(name, 12), left(kind, 15), right(output, 13), right(parameters, 10),
      right(multiplyAdds, 13),
    ].joined(separator: "  ")
  }

  private static func grouped(_ number: Int) -> String {
    var digits = String(number)
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
      place -= 3
    }
    return digits
  }
}
