import MobileNet
import Reports

/// Where a network's parameters, multiply-adds and time go, and what the same network would cost
/// with standard convolutions.
public struct NetworkBill: Equatable, Sendable {
  /// All layers of one kind.
  public struct Entry: Equatable, Sendable {
    /// The kind.
    public let kind: Layer.Kind
    /// Their parameters.
    public let parameters: Int
    /// Their multiply-adds.
    public let multiplyAdds: Int
    /// Their time, in milliseconds.
    public let milliseconds: Double
  }

  /// The kinds, in the order in which they come in a network.
  public let entries: [Entry]
  /// The pairs of layers that could each be a standard convolution.
  public let replacements: [Replacement]

  /// Adds up `layers`, which took `milliseconds`.
  public init(_ layers: [Layer], milliseconds: [Double]) {
    entries = Layer.Kind.allCases.compactMap { kind in
      let positions = layers.indices.filter { layers[$0].kind == kind }
      guard !positions.isEmpty else { return nil }
      let found = positions.map { layers[$0] }
      return Entry(
        kind: kind, parameters: found.parameters, multiplyAdds: found.multiplyAdds,
        milliseconds: positions.reduce(0) { $0 + milliseconds[$1] })
    }
    replacements = layers.indices.compactMap { position in
      layers[position].kind == .depthwise ? Replacement(layers, position: position) : nil
    }
  }

  /// All parameters.
  public var parameters: Int { entries.reduce(0) { $0 + $1.parameters } }
  /// All multiply-adds.
  public var multiplyAdds: Int { entries.reduce(0) { $0 + $1.multiplyAdds } }
  /// The time of all layers, in milliseconds.
  public var milliseconds: Double { entries.reduce(0) { $0 + $1.milliseconds } }

  /// The parameters with a standard convolution for each pair.
  public var standardParameters: Int {
    replacements.reduce(parameters) { $0 + $1.standardParameters - $1.parameters }
  }
  /// The multiply-adds with a standard convolution for each pair.
  public var standardMultiplyAdds: Int {
    replacements.reduce(multiplyAdds) { $0 + $1.standardMultiplyAdds - $1.multiplyAdds }
  }

  /// The time with a standard convolution for each pair, in milliseconds; nil until all are
  /// measured.
  ///
  /// `measured` holds the times of pairs by the name of their depthwise layer. What is not part of
  /// a pair takes what it took.
  public func standardMilliseconds(_ measured: [String: ReplacementTimes]) -> Double? {
    let rest = entries.filter { $0.kind != .depthwise && $0.kind != .pointwise }
    var sum = rest.reduce(0) { $0 + $1.milliseconds }
    for replacement in replacements {
      guard let times = measured[replacement.depthwise.name] else { return nil }
      sum += times.standard
    }
    return sum
  }

  /// The questions and answers.
  public func steps(measured: [String: ReplacementTimes]) -> [Step] {
    [
      Step(.question, "Which kind of layer holds most of the parameters?"),
      Step(.answer, "\(leader(\.parameters)) Each pointwise weight is used at every place."),
      Step(.question, "Which kind needs most of the multiply-adds?"),
      Step(.answer, leader(\.multiplyAdds)),
      Step(.question, "And which takes most of the time?"),
      Step(.answer, timeText),
      Step(.question, "What would the same network cost with standard convolutions?"),
      Step(.answer, costText),
      Step(.answer, timeText(measured)),
    ]
  }

  private func leader(_ path: KeyPath<Entry, Int>) -> String {
    guard let first = entries.max(by: { $0[keyPath: path] < $1[keyPath: path] }) else { return "" }
    let all = entries.reduce(0) { $0 + $1[keyPath: path] }
    let share = Double(first[keyPath: path]) / Double(max(all, 1))
    return "The \(first.kind.rawValue) layers: \(NumberText.percent(share, digits: 1))."
  }

  private var timeText: String {
    guard let first = entries.max(by: { $0.milliseconds < $1.milliseconds }) else { return "" }
    let share = first.milliseconds / max(milliseconds, .leastNormalMagnitude)
    return "The \(first.kind.rawValue) layers: \(NumberText.percent(share, digits: 1)). Depthwise "
      + "layers take more of the time than of the multiply-adds: they wait for memory."
  }

  private var costText: String {
    let times = Double(standardMultiplyAdds) / Double(multiplyAdds)
    return "\(NumberText.short(standardMultiplyAdds)) multiply-adds instead of "
      + "\(NumberText.short(multiplyAdds)), \(NumberText.fixed(times, 1)) times as many, and "
      + "\(NumberText.short(standardParameters)) parameters instead of "
      + "\(NumberText.short(parameters)). The paper trained it: 1.1 points better on ImageNet."
  }

  private func timeText(_ measured: [String: ReplacementTimes]) -> String {
    guard let standard = standardMilliseconds(measured) else {
      return "Measuring \(measured.count) of \(replacements.count) pairs …"
    }
    return "Measured layer by layer: \(NumberText.fixed(standard, 1)) ms instead of "
      + "\(NumberText.fixed(milliseconds, 1)) ms, "
      + "\(NumberText.fixed(standard / max(milliseconds, .leastNormalMagnitude), 1)) times as long."
  }
}
