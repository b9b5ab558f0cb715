import MobileNet

/// What a machine can do at most: arithmetic, and bytes from its caches and from memory.
///
/// Williams, Waterman and Patterson, "Roofline: An Insightful Visual Performance Model for Multicore
/// Architectures", 2009.
public struct Roof: Equatable, Sendable {
  /// Billions of multiply-adds a second.
  public let multiplyAdds: Double
  /// Billions of bytes a second from the second-level caches.
  public let cache: Double
  /// Billions of bytes a second from memory.
  public let memory: Double

  /// States what was measured.
  public init(multiplyAdds: Double, cache: Double, memory: Double) {
    self.multiplyAdds = multiplyAdds
    self.cache = cache
    self.memory = memory
  }

  /// Measures what the threads of `network` can do, in about half a second.
  public init(of network: Network) {
    let bandwidth = network.measureBandwidth()
    self.init(
      multiplyAdds: network.measurePeakGFLOPS() / 2, cache: bandwidth.cache,
      memory: bandwidth.memory)
  }

  /// The multiply-adds a byte from which on arithmetic is what holds back, where bytes come from memory.
  public var ridge: Double { multiplyAdds / memory }

  /// The most that `intensity` multiply-adds a byte let through, in billions of multiply-adds a second.
  public func limit(at intensity: Double) -> Double { min(multiplyAdds, intensity * memory) }
}

/// A layer under the roof.
public struct RooflinePoint: Equatable, Sendable {
  /// The layer.
  public let layer: Layer
  /// The bytes that it has to read and write at least: input, weights and output, as floats.
  public let bytes: Int
  /// Multiply-adds a byte.
  public let intensity: Double
  /// Billions of multiply-adds a second that were measured.
  public let speed: Double
  /// The most that the roof and memory allow.
  public let limit: Double
  /// Whether memory is what holds it back, not arithmetic.
  public let isMemoryBound: Bool

  /// Puts `layer`, which takes `milliseconds`, under `roof`; nil where it has no multiply-adds.
  public init?(_ layer: Layer, milliseconds: Double, under roof: Roof) {
    guard layer.multiplyAdds > 0, milliseconds > 0 else { return nil }
    self.layer = layer
    bytes = 4 * (layer.input.count + layer.parameters + layer.output.count)
    intensity = Double(layer.multiplyAdds) / Double(bytes)
    speed = Double(layer.multiplyAdds) / milliseconds / 1e6
    limit = roof.limit(at: intensity)
    isMemoryBound = intensity < roof.ridge
  }
}
