import ArgumentParser
import Catalogue
import Explorer
import MobileNet
import Research
import Settings

/// The options of every command with weights: checkpoint, resolution, threads and preprocessing.
struct NetworkOptions: ParsableArguments {
  @Option(
    name: .customLong("weights"),
    help: ArgumentHelp(
      "A bundled or fetched name, or a checkpoint file (default: \(WeightsCatalogue.defaultName)).",
      valueName: "FILE|NAME"), completion: .weights, transform: NamedFile.path)
  var chosenWeights: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The input: \(Resolution.allowed) (default: the checkpoint's).", valueName: "R"))
  var resolution: Resolution?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Threads to compute on (default: one per core, up to 8).", valueName: "N"))
  var threads: Int?

  @OptionGroup(title: "What the file may say otherwise, or not at all") var input: InputOptions

  func validate() throws {
    if let resolution { try Self.validate(resolution: resolution) }
    if let threads { try Self.validate(threads: threads) }
  }

  /// Throws unless networks can run at `resolution`.
  static func validate(resolution: Resolution) throws {
    guard resolution.isAllowed else {
      throw ValidationError("--resolution \(resolution.code): expected \(Resolution.allowed).")
    }
  }

  /// Throws unless a network can run on this number of threads.
  static func validate(threads: Int) throws {
    guard Network.threadLimits ~= threads else {
      throw ValidationError("--threads \(threads): expected \(Network.threadsText).")
    }
  }

  /// The name or file of the checkpoint.
  var weights: String { chosenWeights ?? WeightsCatalogue.defaultName }

  /// Takes over the network of a saved session, unless --weights names one; other options override
  /// the session's.
  mutating func take(_ session: SavedSession) throws {
    guard chosenWeights == nil else { return }
    chosenWeights = session.weights
    resolution = resolution ?? session.resolution
    try input.take(session.said)
  }

  /// The person's statements about the checkpoint.
  var said: Said { input.overrides.said }

  /// Reads the checkpoint; notes what its file says that is not used.
  func checkpoint() throws -> Checkpoint {
    let found = try WeightsCatalogue.inspect(weights, overrides: input.overrides)
    for note in found.outline.notes { Console.note("\(weights): \(note)") }
    return found.checkpoint
  }

  /// Reads the checkpoint; `settings` give what no option does, and a failure then names their line
  /// in `file`.
  mutating func checkpoint(or settings: Settings, from file: SettingsFile) throws -> Checkpoint {
    threads = threads ?? settings.threads
    guard chosenWeights == nil, let weights = settings.weights else { return try checkpoint() }
    chosenWeights = weights
    return try Failure.telling(file.place(of: "weights")) { try checkpoint() }
  }

  /// The number of threads for work on many images, each of which takes one thread.
  var imageThreads: Int { threads ?? Network.defaultImageThreads }

  /// Returns the resolution to run `checkpoint` at.
  func resolution(for checkpoint: Checkpoint) -> Resolution {
    resolution ?? checkpoint.resolution
  }

  /// A researcher that computes on the number of threads that the options give.
  var researcher: Researcher { Researcher(library: WeightsLibrary(), threads: threads) }

  /// Notes that a network of integers is computed with floats.
  func noteFloats(of checkpoint: Checkpoint) {
    Console.noteFloats(of: checkpoint, weights, "computes with its floats")
  }

  /// Makes the network that the options describe.
  func network(_ checkpoint: Checkpoint) throws -> Network {
    noteFloats(of: checkpoint)
    do {
      return try Network(checkpoint, resolution: resolution(for: checkpoint), threads: threads)
    } catch {
      throw Failure(.data, "\(weights): \(error)")
    }
  }
}

extension Resolution: ExpressibleByArgument {}
