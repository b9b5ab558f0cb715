import MobileNet

/// Where a network's parameters, multiply-adds and time go, and what the same network would cost
/// with standard convolutions.
public struct NetworkBill: Equatable, Sendable {
  /// All layers of one kind.
  public struct Entry: Equatable, Sendable {
    /// The kind.
    public let kind: Operation.Kind
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
    entries = Operation.Kind.allCases.compactMap { kind in
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

  /// The time of the network and of the one with standard convolutions, in milliseconds, as far as
  /// pairs are measured.
  ///
  /// `measured` holds the times of pairs by the name of their depthwise layer, run in turns with
  /// what they replace. What is not part of a pair takes the same time in both.
  public func times(_ measured: [String: ReplacementTimes]) -> ReplacementTimes {
    let rest = entries.filter { $0.kind != .depthwise && $0.kind != .pointwise }
      .reduce(0) { $0 + $1.milliseconds }
    let found = replacements.compactMap { measured[$0.depthwise.name] }
    return ReplacementTimes(
      separable: found.reduce(rest) { $0 + $1.separable },
      standard: found.reduce(rest) { $0 + $1.standard })
  }
}
