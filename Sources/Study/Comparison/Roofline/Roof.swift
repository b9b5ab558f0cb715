import Kernels
import MobileNet

/// What a machine can do at most: arithmetic, and bytes from its caches and from memory.
///
/// Williams, Waterman and Patterson, "Roofline: An Insightful Visual Performance Model for Multicore
/// Architectures", 2009.
public struct Roof: Equatable, Sendable {
  /// Where bytes come from, and how fast.
  public typealias Level = MemoryLevel

  /// Billions of multiply-adds a second.
  public let multiplyAdds: Double
  /// The caches and memory, the nearest first.
  public let levels: [Level]

  /// States what was measured; `levels` ends with memory, which holds everything.
  public init(multiplyAdds: Double, levels: [Level]) {
    precondition(levels.last?.capacity == .max)
    self.multiplyAdds = multiplyAdds
    self.levels = levels
  }

  /// Measures what so many threads can do, in about half a second.
  public init(threads: Int, instructionSet: InstructionSet = .best) {
    let workers = Workers(count: threads, instructionSet: instructionSet)
    self.init(multiplyAdds: workers.measurePeakGFLOPS() / 2, levels: workers.measureLevels())
  }

  /// The nearest level that holds so many bytes.
  public func level(holding bytes: Int) -> Level {
    levels.first { bytes <= $0.capacity } ?? levels[levels.count - 1]
  }

  /// The multiply-adds a byte from which on arithmetic is what holds back, where bytes come from `level`.
  public func ridge(of level: Level) -> Double { multiplyAdds / level.bandwidth }

  /// The most that `intensity` multiply-adds a byte let through where bytes come from `level`, in
  /// billions of multiply-adds a second.
  public func limit(at intensity: Double, from level: Level) -> Double {
    min(multiplyAdds, intensity * level.bandwidth)
  }
}

/// A layer under the roof.
public struct RooflinePoint: Equatable, Sendable {
  /// The layer.
  public let layer: Layer
  /// The bytes that it has to read and write at least: input, weights and output, as floats.
  public let bytes: Int
  /// Where these bytes are: the nearest level that holds all of them.
  public let level: Roof.Level
  /// Multiply-adds a byte.
  public let intensity: Double
  /// Billions of multiply-adds a second that were measured.
  public let speed: Double
  /// The most that the roof and the bytes' level allow.
  public let limit: Double
  /// Whether bytes are what holds it back, not arithmetic.
  public let isMemoryBound: Bool

  /// Puts `layer`, which takes `milliseconds`, under `roof`; nil where it has no multiply-adds.
  public init?(_ layer: Layer, milliseconds: Double, under roof: Roof) {
    guard layer.multiplyAdds > 0, milliseconds > 0 else { return nil }
    self.layer = layer
    bytes = 4 * (layer.input.count + layer.parameters + layer.output.count)
    level = roof.level(holding: bytes)
    intensity = Double(layer.multiplyAdds) / Double(bytes)
    speed = Double(layer.multiplyAdds) / milliseconds / 1e6
    limit = roof.limit(at: intensity, from: level)
    isMemoryBound = intensity < roof.ridge(of: level)
  }
}
