import MobileNet

/// Benchmarks as a table for people and as JSON for programs.
public struct BenchmarkReport {
  /// The benchmarks in the report, in the order of its lines.
  public let benchmarks: [Benchmark]

  /// Reports `benchmarks`, in their order.
  public init(_ benchmarks: [Benchmark]) {
    self.benchmarks = benchmarks
  }

  /// The highest measured peak of the threads, in billions of operations per second.
  private var peak: Double { benchmarks.map(\.peakGigaOperations).max() ?? 0 }

  /// The unit of throughput: GOPS for integers, GFLOPS for floats.
  private var unit: String { benchmarks.first?.precision == .integer ? "GOPS" : "GFLOPS" }

  /// One line per benchmark; one per kind of layer as well if there is only one benchmark.
  public var text: String {
    guard let first = benchmarks.first else { return "" }
    var lines = [
      "\(first.precision.rawValue), \(first.instructionSet), threads: \(first.threads), "
        + (first.isRecorded ? "everything recorded" : "nothing recorded")
        + ", peak \(NumberText.fixed(peak, 1)) \(unit)",
      "width  side   min ms  median ms\(unit.padded(left: 8))  of peak",
    ]
    for benchmark in benchmarks {
      lines.append(
        NumberText.fixed(benchmark.width, 2).padded(left: 5)
          + " \(benchmark.resolution)".padded(left: 6)
          + NumberText.fixed(benchmark.minimumMilliseconds, 3).padded(left: 9)
          + NumberText.fixed(benchmark.medianMilliseconds, 3).padded(left: 11)
          + NumberText.fixed(benchmark.gigaOperations, 1).padded(left: 8)
          + NumberText.percent(benchmark.gigaOperations / peak).padded(left: 9))
    }
    lines += benchmarks.compactMap { Self.backwardLine($0) }
    guard benchmarks.count == 1 else { return lines.joined(separator: "\n") }
    lines += ["", "layers                 ms\(unit.padded(left: 8))  of peak"]
    for kind in first.kinds.map(Kind.init) {
      let isProduct = kind.multiplyAdds > 0
      lines.append(
        kind.kind.padded(right: 17) + NumberText.fixed(kind.milliseconds, 3).padded(left: 8)
          + (isProduct ? NumberText.fixed(kind.GFLOPS, 1) : "").padded(left: 8)
          + (isProduct ? NumberText.percent(kind.GFLOPS / peak) : "").padded(left: 9))
    }
    return lines.joined(separator: "\n")
  }

  private static func backwardLine(_ benchmark: Benchmark) -> String? {
    benchmark.backward.map {
      let ratio = $0.minimumMilliseconds / benchmark.minimumMilliseconds
      return "backward, width \(NumberText.trimmed(benchmark.width)) at \(benchmark.resolution): "
        + "\(NumberText.fixed($0.minimumMilliseconds, 3)) ms, \(NumberText.fixed(ratio, 2)) × forward; "
        + "gradient \(NumberText.bytes($0.gradientByteCount)), trace "
        + "\(NumberText.bytes($0.traceByteCount)), weights \(NumberText.bytes($0.weightsByteCount))"
    }
  }

  /// An object for one benchmark, an array of them for several.
  public var json: JSONReport {
    let entries = benchmarks.map(Entry.init)
    return entries.count == 1 ? JSONReport(entries[0]) : JSONReport(entries)
  }

  private struct Entry: Encodable {
    let minimumMilliseconds, medianMilliseconds: Double
    let threads: Int
    let width: Double
    let resolution: Resolution
    let recorded: Bool
    let precision: String
    let instructionSet: String
    let peakGFLOPS, GFLOPS: Double
    let kinds: [Kind]
    let layerMilliseconds: [Double]
    let backward: Backward?

    init(_ benchmark: Benchmark) {
      minimumMilliseconds = benchmark.minimumMilliseconds
      medianMilliseconds = benchmark.medianMilliseconds
      threads = benchmark.threads
      width = benchmark.width
      resolution = benchmark.resolution
      recorded = benchmark.isRecorded
      precision = benchmark.precision.rawValue
      instructionSet = benchmark.instructionSet
      peakGFLOPS = benchmark.peakGigaOperations
      GFLOPS = benchmark.gigaOperations
      kinds = benchmark.kinds.map(Kind.init)
      layerMilliseconds = benchmark.layerMilliseconds
      backward = benchmark.backward.map(Backward.init)
    }
  }

  private struct Backward: Encodable {
    let minimumMilliseconds: Double
    let gradientBytes, traceBytes, weightsBytes: Int

    init(_ backward: Benchmark.Backward) {
      minimumMilliseconds = backward.minimumMilliseconds
      gradientBytes = backward.gradientByteCount
      traceBytes = backward.traceByteCount
      weightsBytes = backward.weightsByteCount
    }
  }

  private struct Kind: Encodable {
    let kind: String
    let milliseconds: Double
    let multiplyAdds: Int
    let GFLOPS: Double

    init(_ time: Benchmark.KindTime) {
      kind = time.kind.rawValue
      milliseconds = time.milliseconds
      multiplyAdds = time.multiplyAdds
      GFLOPS = Double(2 * time.multiplyAdds) / max(time.milliseconds, 1e-9) / 1e6
    }
  }
}
