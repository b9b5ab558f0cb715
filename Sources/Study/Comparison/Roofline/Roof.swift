import Kernels
import MobileNet

/// The limits of a machine: its arithmetic, and the bandwidths of its caches and memory.
///
/// Williams, Waterman and Patterson, "Roofline: An Insightful Visual Performance Model for Multicore
/// Architectures", 2009.
public struct Roof: Equatable, Sendable {
  /// A cache or the memory, with its bandwidth.
  public typealias Level = MemoryLevel

  /// The peak of arithmetic, in billions of multiply-adds per second.
  public let multiplyAdds: Double
  /// The caches and memory, the nearest first.
  public let levels: [Level]

  /// Creates a roof from measurements; `levels` ends with memory, which holds everything.
  public init(multiplyAdds: Double, levels: [Level]) {
    precondition(levels.last?.capacity == .max)
    self.multiplyAdds = multiplyAdds
    self.levels = levels
  }

  /// Measures the limits of `threads` threads, in about half a second.
  public init(threads: Int, instructionSet: InstructionSet = .best) {
    let workers = Workers(count: threads, instructionSet: instructionSet)
    self.init(multiplyAdds: workers.measurePeakGFLOPS() / 2, levels: workers.measureLevels())
  }

  /// Returns the nearest level that holds `bytes` bytes.
  public func level(holding bytes: Int) -> Level {
    levels.first { bytes <= $0.capacity } ?? levels[levels.count - 1]
  }

  /// Returns the multiply-adds per byte from `level` above which arithmetic is the limit.
  public func ridge(of level: Level) -> Double { multiplyAdds / level.bandwidth }

  /// Returns the highest speed at `intensity` multiply-adds per byte from `level`, in billions of
  /// multiply-adds per second.
  public func limit(at intensity: Double, from level: Level) -> Double {
    min(multiplyAdds, intensity * level.bandwidth)
  }
}

/// A layer's speed under the roof.
public struct RooflinePoint: Equatable, Sendable {
  /// The layer.
  public let layer: Layer
  /// The least number of bytes to read and write: input, weights and output, as floats.
  public let bytes: Int
  /// The nearest level that holds all of these bytes.
  public let level: Roof.Level
  /// The multiply-adds per byte.
  public let intensity: Double
  /// The measured time.
  public let milliseconds: Double
  /// The time that arithmetic alone would take.
  public let arithmetic: Double
  /// The time that reading and writing the bytes alone would take, in milliseconds as the others.
  public let transfer: Double
  /// The measured speed, in billions of multiply-adds per second.
  public let speed: Double
  /// The highest speed that the roof allows for bytes from `level`, in the same unit.
  public let limit: Double
  /// Whether the bandwidth is the limit, not arithmetic.
  public let isMemoryBound: Bool

  /// Puts `layer`, which takes `milliseconds`, under `roof`; nil if it has no multiply-adds.
  public init?(_ layer: Layer, milliseconds: Double, under roof: Roof) {
    guard layer.multiplyAdds > 0, milliseconds > 0 else { return nil }
    self.layer = layer
    bytes = 4 * (layer.input.count + layer.parameters + layer.output.count)
    level = roof.level(holding: bytes)
    intensity = Double(layer.multiplyAdds) / Double(bytes)
    self.milliseconds = milliseconds
    arithmetic = Double(layer.multiplyAdds) / roof.multiplyAdds / 1e6
    transfer = Double(bytes) / level.bandwidth / 1e6
    speed = Double(layer.multiplyAdds) / milliseconds / 1e6
    limit = roof.limit(at: intensity, from: level)
    isMemoryBound = intensity < roof.ridge(of: level)
  }
}
