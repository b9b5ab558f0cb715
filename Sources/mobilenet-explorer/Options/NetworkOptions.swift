import ArgumentParser
import Catalogue
import Explorer
import Foundation
import MobileNet
import Research
import Settings

/// Which network: options that every command with weights takes.
struct NetworkOptions: ParsableArguments {
  @Option(
    name: .customLong("weights"),
    help: ArgumentHelp(
      "A bundled or fetched name, or a checkpoint file (default: \(WeightsCatalogue.defaultName)).",
      valueName: "FILE|NAME"), completion: .weights)
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

  /// Throws unless a network can be run at `resolution`.
  static func validate(resolution: Resolution) throws {
    guard resolution.isAllowed else {
      throw ValidationError("--resolution \(resolution.code): expected \(Resolution.allowed).")
    }
  }

  /// Throws unless a network can be run on so many threads.
  static func validate(threads: Int) throws {
    guard Network.threadLimits ~= threads else {
      throw ValidationError("--threads \(threads): expected \(Network.threadsText).")
    }
  }

  /// The name or file of the weights.
  var weights: String { chosenWeights ?? WeightsCatalogue.defaultName }

  /// Takes the network of a saved session; what is said now counts before what was said then.
  mutating func take(_ session: SavedSession) throws {
    guard chosenWeights == nil else { return }
    chosenWeights = session.weights
    resolution = resolution ?? session.resolution
    if input.overrides.isEmpty { input = try InputOptions.saying(session.said) }
  }

  /// What the person says of the checkpoint, to be read again from wherever.
  var said: Said {
    var overrides = input.overrides
    overrides.labelFile = overrides.labelFile.map { URL(fileURLWithPath: $0).path }
    return overrides.said
  }

  /// Reads the checkpoint; what its file says and is not used goes to standard error.
  func checkpoint() throws -> Checkpoint {
    let found = try WeightsCatalogue.inspect(weights, overrides: input.overrides)
    for note in found.outline.notes { Console.note("\(weights): \(note)") }
    return found.checkpoint
  }

  /// Reads the checkpoint; what no option says, `settings` do, which a failure names as well.
  mutating func checkpoint(or settings: Settings, from file: SettingsFile) throws -> Checkpoint {
    threads = threads ?? settings.threads
    guard chosenWeights == nil, let weights = settings.weights else { return try checkpoint() }
    chosenWeights = weights
    return try Failure.telling(file.place(of: "weights")) { try checkpoint() }
  }

  /// The threads for work on many images, each of which is one thread's.
  var imageThreads: Int { threads ?? Network.defaultImageThreads }

  /// The rows and columns to run `checkpoint` at.
  func resolution(for checkpoint: Checkpoint) -> Resolution {
    resolution ?? checkpoint.resolution
  }

  /// Whoever computes on the threads that the options say.
  var researcher: Researcher { Researcher(library: WeightsLibrary(), threads: threads) }

  /// Says that a network of integers is computed with floats.
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
