import ArgumentParser
import Comparison
import MobileNet
import Reports

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure how fast the network is on this machine.",
    discussion: """
      The weights are made up: the time doesn't depend on their values. Times by kind of layer are \
      sums of each layer's shortest time. A multiply-add counts as two operations, and the peak is \
      what the same threads reach with multiply-adds and nothing else.

      The environment variable MOBILENET_INSTRUCTION_SET chooses the kernels: portable, avx2, \
      avx512 or neon. Integers run on what comes with them: VNNI where the processor has it.

      EXAMPLES
        mobilenet-explorer bench
        mobilenet-explorer bench --threads 1 --width 0.5 --resolution 160
        mobilenet-explorer bench --all --no-record --json
        mobilenet-explorer bench --backward
        mobilenet-explorer bench --roofline --json
        mobilenet-explorer bench --precision half
        mobilenet-explorer bench --precision integer
      """)

  @Option(parsing: .unconditional, help: ArgumentHelp("The number of threads.", valueName: "N"))
  var threads: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The width multiplier α. (default: 1.0)", valueName: "A"))
  var width: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The input: \(Resolution.allowed). (default: 224)", valueName: "R"))
  var resolution: Resolution?

  @Flag(
    help: """
      Measure widths 1, 0.75, 0.5, 0.25, unless one is given, at 224, 192, 160, 128, unless one is \
      given.
      """)
  var all = false

  @Flag(inversion: .prefixedNo, help: "Keep the output of every layer.")
  var record = true

  @Flag(help: "Measure the backward pass from a class to the input as well.")
  var backward = false

  @Flag(
    help: """
      Measure what the machine can do at most as well, and say what holds each layer back: \
      arithmetic, or the bytes that it reads and writes.
      """)
  var roofline = false

  @Option(
    parsing: .unconditional, help: ArgumentHelp("How long to measure each network.", valueName: "S")
  )
  var seconds = 1.0

  @Option(
    help: ArgumentHelp("Compute with float, half or integer.", valueName: "PRECISION"))
  var precision = Precision.float

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    if let width {
      guard width > 0, width <= 4 else {
        throw ValidationError("--width \(width): expected a number above 0 and at most 4.")
      }
    }
    guard record || !backward else {
      throw ValidationError("--backward: expected --record, because it goes back over the outputs.")
    }
    guard precision == .float || !backward else {
      throw ValidationError("--backward: expected --precision float, the others have no gradient.")
    }
    guard precision == .float || record else {
      throw ValidationError(
        "--no-record: expected --precision float, the others are always recorded.")
    }
    guard !roofline || precision == .float && !all && !backward else {
      throw ValidationError(
        "--roofline: expected one network in floats, without --all, --backward and --precision.")
    }
    guard seconds >= 0, seconds <= 3600 else {
      throw ValidationError("--seconds \(seconds): expected a number from 0 to 3600.")
    }
  }

  func run() throws {
    do {
      try roofline ? printRoofline() : printBenchmarks()
    } catch let error as NetworkError {
      throw Failure(.usage, "\(error)")
    }
  }

  private func printRoofline() throws {
    let checkpoint = try Checkpoint.synthetic(Architecture(width: width ?? 1))
    let network = try Network(checkpoint, resolution: resolution ?? 224, threads: threads)
    let benchmark = Benchmark(network, isRecorded: record, seconds: seconds)
    let report = RooflineReport(
      benchmark, network.layers,
      under: Roof(threads: network.threads, instructionSet: network.instructionSet))
    try Output.print(json ? report.json.text() : report.text)
  }

  private func printBenchmarks() throws {
    let widths: [Double] = width.map { [$0] } ?? (all ? [1, 0.75, 0.5, 0.25] : [1])
    let resolutions: [Resolution] = resolution.map { [$0] } ?? (all ? [224, 192, 160, 128] : [224])
    var benchmarks: [Benchmark] = []
    let bar = ProgressBar(total: widths.count * resolutions.count)
    for width in widths {
      let checkpoint = try Checkpoint.synthetic(Architecture(width: width))
      for resolution in resolutions {
        bar.show(benchmarks.count, note: "width \(NumberText.fixed(width, 2)) at \(resolution)")
        benchmarks.append(try benchmark(checkpoint, resolution: resolution))
      }
    }
    bar.clear()
    let report = BenchmarkReport(benchmarks)
    try Output.print(json ? report.json.text() : report.text)
  }

  private func benchmark(_ checkpoint: Checkpoint, resolution: Resolution) throws -> Benchmark {
    switch precision {
    case .float:
      let network = try Network(checkpoint, resolution: resolution, threads: threads)
      return Benchmark(
        network, isRecorded: record, measuresBackward: backward, seconds: seconds)
    case .half:
      return Benchmark(
        try HalfNetwork(checkpoint, resolution: resolution, threads: threads), seconds: seconds)
    case .integer:
      let weights = try IntegerWeights.synthetic(checkpoint.architecture)
      let network = try IntegerNetwork(
        checkpoint.adding(integers: weights), resolution: resolution, threads: threads)
      return Benchmark(network, seconds: seconds)
    }
  }
}
