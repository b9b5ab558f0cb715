import MobileNet

/// A comparison of two networks' outputs for one image, layer by layer.
public struct DifferenceReport {
  private let names: (first: String, second: String)
  private let differences: [LayerDifference]
  private let layers: (first: [Layer], second: [Layer])
  private let tolerance: Double
  private let preprocessing: (first: Preprocessing, second: Preprocessing)
  /// The reason why nothing can be said: both networks' values become too large in the same layer,
  /// and agree before it; else nil.
  public let overflow: String?

  /// Compares `first` with `second`; a relative difference up to `tolerance` counts as none.
  ///
  /// The `preprocessing` made each network's input from the image.
  public init(
    _ first: Trace, _ second: Trace, names: (first: String, second: String),
    preprocessing: (first: Preprocessing, second: Preprocessing), tolerance: Double
  ) {
    self.names = names
    self.preprocessing = preprocessing
    self.tolerance = tolerance
    layers = (first.layers, second.layers)
    let differences = first.differences(from: second)
    self.differences = differences
    let place = differences.firstIndex { !(Double($0.relative) <= tolerance) }
    let isShared = place == first.firstOverflow && place == second.firstOverflow
    overflow = place != nil && isShared ? first.overflow : nil
  }

  /// Whether all layers have the same shapes and agree within the tolerance.
  public var agrees: Bool { firstDifference == nil && isSameShape }

  private var isSameShape: Bool {
    differences.count == layers.first.count && differences.count == layers.second.count
  }

  private var firstDifference: LayerDifference? {
    differences.first { !(Double($0.relative) <= tolerance) }
  }

  /// A line if the inputs differ, the verdict, and a line per layer.
  public var text: String {
    let lines = differences.map { difference in
      let isLarge = !(Double(difference.relative) <= tolerance)
      return "\("\(difference.layer.index)".padded(left: 2))  "
        + difference.layer.name.padded(right: 12)
        + NumberText.value(difference.relative).padded(left: 10) + (isLarge ? "  differs" : "")
    }
    // // Layers of different shapes cannot be compared, so there may be no line.
    let table = lines.isEmpty ? [] : ["", " #  layer         relative"] + lines
    return ([inputs, verdict].compactMap { $0 } + table).joined(separator: "\n")
  }

  /// A sentence saying that the networks got different inputs; nil if preprocessing is the same.
  private var inputs: String? {
    guard preprocessing.first != preprocessing.second else { return nil }
    return "the inputs differ: \(names.first) gets \(preprocessing.first.summary), "
      + "\(names.second) gets \(preprocessing.second.summary)"
  }

  /// A sentence that names the first layer that differs, or says that all agree.
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

  /// The report as JSON, for scripts.
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

  /// Encodes every layer's difference; an infinite one is null, as JSON has no such number.
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
