import MobileNet

/// A network's layers under a machine's roof, which is nowhere lower than what they reached.
///
/// A machine that is busy with something else is measured too slow. What a layer did it can do, so
/// that the roof is raised to the fastest of them; and what a farther level of memory does, a nearer
/// one can do.
public struct Roofline: Sendable {
  /// The limits of the machine.
  public let roof: Roof
  /// The layers that have multiply-adds, by their positions.
  public let points: [Int: RooflinePoint]
  /// Whether a layer, or a farther level of memory, reached more than was measured.
  public let isRaised: Bool

  /// Says that the roof is not as it was measured; nil where it is.
  public var note: String? {
    isRaised ? "raised where layers were faster than measured" : nil
  }

  /// Puts `layers`, which take `milliseconds`, under the roof that was `measured`.
  public init(_ layers: [Layer], milliseconds: [Double], under measured: Roof) {
    func points(under roof: Roof) -> [Int: RooflinePoint] {
      zip(layers, milliseconds).enumerated().reduce(into: [:]) { points, layer in
        points[layer.offset] = RooflinePoint(
          layer.element.0, milliseconds: layer.element.1, under: roof)
      }
    }
    roof = measured.raised(to: points(under: measured).values)
    self.points = points(under: roof)
    isRaised = roof != measured
  }
}

extension Roof {
  /// The same, with arithmetic and each level as fast as the fastest of `points` had them, and no
  /// level slower than one behind it.
  fileprivate func raised(to points: some Sequence<RooflinePoint>) -> Roof {
    var fastest = 0.0
    let levels = levels.reversed().map { level in
      let reached = points.lazy.filter { $0.level.name == level.name }
        .map { $0.speed / $0.intensity }.max()
      fastest = max(fastest, level.bandwidth, reached ?? 0)
      return Level(name: level.name, capacity: level.capacity, bandwidth: fastest)
    }
    return Roof(
      multiplyAdds: points.reduce(multiplyAdds) { max($0, $1.speed) },
      levels: Array(levels.reversed()))
  }
}
