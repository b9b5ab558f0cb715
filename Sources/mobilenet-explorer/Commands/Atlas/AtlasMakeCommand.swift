import ArgumentParser
import Atlas
import Files
import Folders
import Foundation
import MobileNet
import Reports

struct AtlasMakeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make",
    abstract: "Make an atlas, or a shard of one.",
    discussion: """
      A folder per class, or --truth, says what the images show; where the folder has no folders \
      of images, nothing does. An image that can't be read is named and left out.

      Ctrl-C keeps what is done: the same command goes on with it, also after the machine went \
      down. Shards can run on several machines that see the same folder; with --shard auto the \
      number comes from the environment (SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX of Kubernetes, \
      PARALLEL_SEQ of GNU parallel), and so does how many there are if Slurm says it; else write \
      auto/N.

      EXAMPLES
        mobilenet-explorer atlas photos -o photos.atlas.safetensors
        mobilenet-explorer atlas photos -o pool6.safetensors --layer pool6 --top 32
        mobilenet-explorer atlas photos --shard auto \\
          -o part-$SLURM_ARRAY_TASK_ID.safetensors
      """)

  @OptionGroup var images: LabelledFolder

  @Option(
    name: [.short, .long], help: ArgumentHelp("The atlas to write.", valueName: "FILE"),
    completion: .file(extensions: ["safetensors"]))
  var output: String

  @Option(
    name: .customLong("layer"),
    help: ArgumentHelp(
      "A layer, by name or number; several can be named (default: all).", valueName: "NAME"))
  var chosenLayers: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many images to keep for a channel.", valueName: "N"))
  var top = 16

  @Flag(
    help: "Keep the mean of every channel on every image, 22 kB an image at width 1: for compare.")
  var imageMeans = false

  @Option(help: ArgumentHelp("Do only this share of the images.", valueName: "I/N|auto"))
  var shard: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Seconds after which what is done is saved.", valueName: "S"))
  var saveEvery = 20.0

  @Flag(help: "Replace the file even if it is no atlas.")
  var force = false

  @OptionGroup var options: NetworkOptions

  mutating func validate() throws {
    (images.truth, options.input.labels) = images.told(labels: options.input.labels)
    guard 1...256 ~= top else { throw ValidationError("--top \(top): expected 1 to 256.") }
    guard saveEvery >= 0, saveEvery.isFinite else {
      throw ValidationError("--save-every \(saveEvery): expected seconds, 0 or more.")
    }
  }

  func run() throws {
    let shard = try Shard(self.shard ?? "1/1", environment: ProcessInfo.processInfo.environment)
    try AtlasOutput.check(output, force: force)
    let checkpoint = try options.checkpoint()
    options.noteFloats(of: checkpoint)
    let walk = try ImageWalk(
      checkpoint, resolution: options.resolution(for: checkpoint), threads: options.imageThreads)
    let network = walk.networks[0]
    let positions = try chosenLayers.map { try LayerOption.position(of: $0, in: network.layers) }
    let (paths, names) = try found()
    let plan = AtlasPlan(
      network,
      positions: positions.isEmpty ? Array(network.layers.indices) : Set(positions).sorted(),
      images: paths, names: names, top: top, keepsMeans: imageMeans, shard: shard.index,
      of: shard.count)
    do {
      try make(plan, walk)
    } catch let error as AtlasError {
      throw Failure(error)
    }
  }

  private func make(_ plan: AtlasPlan, _ walk: ImageWalk<Network>) throws {
    let run = try AtlasRun(
      plan, walk: walk, folder: images.folder, output: output, savedEvery: .seconds(saveEvery))
    let before = run.done
    if before > 0 {
      Console.note("\(output): goes on after \(NumberText.grouped(before)) images")
    }
    Interruption.watch()
    let bar = ProgressBar(total: plan.share.count)
    let clock = ContinuousClock()
    let start = clock.now
    let isDone = try run.run(stops: { Interruption.isRequested }, note: { Console.note($0) }) {
      progress in
      let rate = Double(progress.done - before) / ((clock.now - start) / .seconds(1))
      let left = Double(progress.total - progress.done) / rate
      bar.show(
        progress.done,
        note: "\(NumberText.fixed(rate, 1)) images/s, \(NumberText.duration(left)) left")
    }
    bar.clear()
    guard isDone else {
      Console.note(
        "\(output): stopped after \(run.done) of \(plan.share.count) images; the same command "
          + "goes on")
      Interruption.leave()
    }
    let seconds = (clock.now - start) / .seconds(1)
    let size = FileBytes.count(of: output) ?? 0
    try Output.print(
      "\(output): \(NumberText.bytes(size)), \(NumberText.grouped(plan.channels)) channels over "
        + "\(NumberText.grouped(run.used)) image\(run.used == 1 ? "" : "s"), "
        + "\(NumberText.fixed(Double(plan.share.count - before) / seconds, 1)) images/s")
  }

  /// Returns the images' paths, and the name of each one's class if they have classes.
  private func found() throws -> (paths: [String], names: [String]?) {
    do {
      if images.truth == nil {
        let all = try ImageFolder(images.folder)
        let loose = all.images.count { !$0.contains("/") }
        if 1..<all.images.count ~= loose {
          Console.note(
            "\(images.folder): \(loose) images lie in no folder, so nothing is said of classes")
        }
        return (
          all.images, loose > 0 ? nil : all.images.map { String($0.prefix { $0 != "/" }) }
        )
      }
      let named = try images.named()
      return (named.images.map(\.path), named.images.map(\.name))
    } catch let error as FolderError {
      throw Failure(error)
    }
  }
}

/// The share of the images that one call works on.
struct Shard: Equatable {
  /// The share's index, from 0.
  let index: Int
  /// The number of shares.
  let count: Int

  /// Reads "I/N", or "auto" or "auto/N" with the number from `environment`.
  init(_ text: String, environment: [String: String]) throws {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard 1...2 ~= parts.count, let first = parts.first else { throw Self.mistake(text) }
    guard first == "auto" else {
      guard parts.count == 2, let number = Int(first), let count = Int(parts[1]) else {
        throw Self.mistake(text)
      }
      try self.init(number: number, of: count, text)
      return
    }
    func number(_ name: String) -> Int? { environment[name].flatMap { Int($0) } }
    let count = parts.count == 2 ? Int(parts[1]) : number("SLURM_ARRAY_TASK_COUNT")
    let index: Int
    if let task = number("SLURM_ARRAY_TASK_ID") {
      index = task - (number("SLURM_ARRAY_TASK_MIN") ?? 1) + 1
    } else if let completion = number("JOB_COMPLETION_INDEX") {
      index = completion + 1
    } else if let sequence = number("PARALLEL_SEQ") {
      index = sequence
    } else {
      throw Failure(
        .usage,
        "--shard \(text): no number in the environment (SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX "
          + "or PARALLEL_SEQ)")
    }
    guard let count else {
      throw Failure(
        .usage, "--shard \(text): nothing says how many shards there are; expected auto/N")
    }
    try self.init(number: index, of: count, text)
  }

  private init(number: Int, of count: Int, _ text: String) throws {
    guard 1...100_000 ~= count, 1...count ~= number else {
      throw Failure(
        .usage, "--shard \(text): shard \(number) of \(count); expected 1/N to N/N")
    }
    (index, self.count) = (number - 1, count)
  }

  private static func mistake(_ text: String) -> Failure {
    Failure(.usage, "--shard \(text): expected I/N, such as 1/4, or auto")
  }
}
