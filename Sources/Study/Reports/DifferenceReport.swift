import MobileNet

/// Whether two networks make the same of an image, layer by layer.
public struct DifferenceReport {
  private let names: (first: String, second: String)
  private let differences: [LayerDifference]
  private let layers: (first: [Layer], second: [Layer])
  private let tolerance: Double
  private let preprocessing: (first: Preprocessing, second: Preprocessing)

  /// Compares `first` with `second`; relative differences up to `tolerance` are none.
  ///
  /// What each network got was made of the image as its `preprocessing` says.
  public init(
    _ first: Trace, _ second: Trace, names: (first: String, second: String),
    preprocessing: (first: Preprocessing, second: Preprocessing), tolerance: Double
  ) {
    self.names = names
    self.preprocessing = preprocessing
    self.tolerance = tolerance
    layers = (first.layers, second.layers)
    differences = first.differences(from: second)
  }

  /// Whether all layers agree.
  public var agrees: Bool { firstDifference == nil && isSameShape }

  private var isSameShape: Bool {
    differences.count == layers.first.count && differences.count == layers.second.count
  }

  private var firstDifference: LayerDifference? {
    differences.first { !(Double($0.relative) <= tolerance) }
  }

  /// A line a layer, and what it comes to.
  public var text: String {
    let lines = differences.map { difference in
      let isLarge = !(Double(difference.relative) <= tolerance)
      return "\("\(difference.layer.index)".padded(left: 2))  "
        + difference.layer.name.padded(right: 12)
        + NumberText.value(difference.relative).padded(left: 10) + (isLarge ? "  differs" : "")
    }
    // Layers of other shapes can't be compared, and none may be left.
    let table = lines.isEmpty ? [] : ["", " #  layer         relative"] + lines
    return ([inputs, verdict].compactMap { $0 } + table).joined(separator: "\n")
  }

  /// That the networks got different inputs, which explains whatever follows; nil if they didn't.
  private var inputs: String? {
    guard preprocessing.first != preprocessing.second else { return nil }
    return "the inputs differ: \(names.first) gets \(preprocessing.first.summary), "
      + "\(names.second) gets \(preprocessing.second.summary)"
  }

  /// What the comparison comes to, in a sentence.
  public var verdict: String {
    if let found = firstDifference {
      let (row, column, channel) = found.place
      let place =
        found.layer.output.places == 1
        ? "channel \(channel)" : "row \(row), column \(column), channel \(channel)"
      return "\(found.layer.name) is the first layer that differs: by "
        + "\(NumberText.value(found.relative)) of its largest value "
        + "(\(NumberText.value(found.largest)) at \(place))"
    }
    guard isSameShape else {
      let position = differences.count
      return "\(Self.text(layers.first, position)) in \(names.first), "
        + "\(Self.text(layers.second, position)) in \(names.second)"
    }
    let largest = differences.map(\.relative).max() ?? 0
    return "all \(differences.count) layers agree, within "
      + "\(NumberText.value(largest)) of each layer's largest value"
  }

  /// The same for scripts.
  public var json: JSONReport { JSONReport(self) }

  private static func text(_ layers: [Layer], _ position: Int) -> String {
    guard layers.indices.contains(position) else { return "no layer \(position + 1)" }
    return "\(layers[position].name) is \(layers[position].output)"
  }
}

extension DifferenceReport: Encodable {
  private struct Row: Encodable {
    let layer: String
    let relative: Float?
    let largest: Float?
    let place: [Int]
  }

  private enum CodingKeys: CodingKey {
    case agrees, verdict, tolerance, layers, firstDifferent, inputs
  }

  /// Encodes every layer's difference; one that is infinite is null, as JSON has no such number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(agrees, forKey: .agrees)
    try container.encode(verdict, forKey: .verdict)
    try container.encodeIfPresent(inputs, forKey: .inputs)
    try container.encode(tolerance, forKey: .tolerance)
    try container.encode(firstDifference?.layer.name, forKey: .firstDifferent)
    try container.encode(
      differences.map { difference in
        let (row, column, channel) = difference.place
        return Row(
          layer: difference.layer.name,
          relative: difference.relative.isFinite ? difference.relative : nil,
          largest: difference.largest.isFinite ? difference.largest : nil,
          place: [row, column, channel])
      }, forKey: .layers)
  }
}
