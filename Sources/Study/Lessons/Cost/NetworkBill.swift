import MobileNet

/// A network's parameters, multiply-adds and time by kind of layer, and the costs of the same
/// network with standard convolutions.
public struct NetworkBill: Equatable, Sendable {
  /// The costs of all layers of one kind.
  public struct Entry: Equatable, Sendable {
    /// The kind of layer.
    public let kind: Operation.Kind
    /// The number of parameters.
    public let parameters: Int
    /// The number of multiply-adds.
    public let multiplyAdds: Int
    /// The time, in milliseconds.
    public let milliseconds: Double
  }

  /// The costs of each kind, in the order in which kinds come in a network.
  public let entries: [Entry]
  /// The pairs of layers, each of which could be a standard convolution.
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

  /// The number of all parameters.
  public var parameters: Int { entries.reduce(0) { $0 + $1.parameters } }
  /// The number of all multiply-adds.
  public var multiplyAdds: Int { entries.reduce(0) { $0 + $1.multiplyAdds } }
  /// The time of all layers, in milliseconds.
  public var milliseconds: Double { entries.reduce(0) { $0 + $1.milliseconds } }

  /// The number of parameters with a standard convolution for each pair.
  public var standardParameters: Int {
    replacements.reduce(parameters) { $0 + $1.standardParameters - $1.parameters }
  }
  /// The number of multiply-adds with a standard convolution for each pair.
  public var standardMultiplyAdds: Int {
    replacements.reduce(multiplyAdds) { $0 + $1.standardMultiplyAdds - $1.multiplyAdds }
  }

  /// Returns the times of the network and of the one with standard convolutions, in milliseconds,
  /// as far as pairs are measured.
  ///
  /// `measured` holds the times of pairs by the name of their depthwise layer, run in turns with
  /// the convolutions that they replace. Layers outside of pairs take the same time in both.
  public func times(_ measured: [String: ReplacementTimes]) -> ReplacementTimes {
    let rest = entries.filter { $0.kind != .depthwise && $0.kind != .pointwise }
      .reduce(0) { $0 + $1.milliseconds }
    let found = replacements.compactMap { measured[$0.depthwise.name] }
    return ReplacementTimes(
      separable: found.reduce(rest) { $0 + $1.separable },
      standard: found.reduce(rest) { $0 + $1.standard })
  }
}
