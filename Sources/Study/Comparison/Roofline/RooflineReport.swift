import MobileNet
import Reports

/// Each layer of a network under a machine's roof, as text and JSON.
public struct RooflineReport {
  private let benchmark: Benchmark
  private let roof: Roof
  private let isRaised: Bool
  private let note: String?
  private let points: [RooflinePoint]

  /// Reports the `layers` that `benchmark` measured, under `roof`.
  public init(_ benchmark: Benchmark, _ layers: [Layer], under roof: Roof) {
    let line = Roofline(layers, milliseconds: benchmark.layerMilliseconds, under: roof)
    self.benchmark = benchmark
    self.roof = line.roof
    isRaised = line.isRaised
    note = line.note
    points = line.points.keys.sorted().compactMap { line.points[$0] }
  }

  /// The machine's limits, then a line for each layer that has multiply-adds.
  public var text: String {
    let levels = roof.levels.map { "\(Self.rate($0.bandwidth)) GB/s from \($0.name)" }
    let head = [
      "\(benchmark.instructionSet), threads: \(benchmark.threads); at most "
        + "\(Self.rate(roof.multiplyAdds)) G multiply-adds a second; \(levels.joined(separator: ", "))"
        + (note.map { "; \($0)" } ?? ""),
      " #  layer           bytes  held in  MA/byte   GMA/s   limit  of it  held back by",
    ]
    return (head + points.map(Self.line)).joined(separator: "\n")
  }

  private static func line(_ point: RooflinePoint) -> String {
    "\(point.layer.index)".padded(left: 2) + "  " + point.layer.name.padded(right: 12)
      + NumberText.bytes(point.bytes).padded(left: 9) + point.level.name.padded(left: 9)
      + NumberText.fixed(point.intensity, 1).padded(left: 9) + rate(point.speed).padded(left: 8)
      + rate(point.limit).padded(left: 8)
      + NumberText.percent(point.speed / point.limit).padded(left: 7) + "  "
      + (point.isMemoryBound ? "bytes" : "arithmetic")
  }

  private static func rate(_ value: Double) -> String {
    NumberText.fixed(value, value < 10 ? 2 : 1)
  }

  /// The report as JSON, for scripts; rates are in billions per second.
  public var json: JSONReport {
    struct Level: Encodable {
      let name: String
      let gigabytes: Double
    }
    struct Row: Encodable {
      let index: Int
      let name, kind: String
      let multiplyAdds, bytes: Int
      let heldIn: String
      let intensity, attained, limit: Double
      let heldBackBy: String
    }
    struct Whole: Encodable {
      let instructionSet: String
      let threads: Int
      let width: Double
      let resolution: Resolution
      let gigaMultiplyAdds: Double
      let isRaised: Bool
      let levels: [Level]
      let layers: [Row]
    }
    return JSONReport(
      Whole(
        instructionSet: benchmark.instructionSet, threads: benchmark.threads,
        width: benchmark.width, resolution: benchmark.resolution,
        gigaMultiplyAdds: roof.multiplyAdds, isRaised: isRaised,
        levels: roof.levels.map { Level(name: $0.name, gigabytes: $0.bandwidth) },
        layers: points.map {
          Row(
            index: $0.layer.index, name: $0.layer.name, kind: $0.layer.kind.rawValue,
            multiplyAdds: $0.layer.multiplyAdds, bytes: $0.bytes, heldIn: $0.level.name,
            intensity: $0.intensity, attained: $0.speed, limit: $0.limit,
            heldBackBy: $0.isMemoryBound ? "bytes" : "arithmetic")
        }))
  }
}
