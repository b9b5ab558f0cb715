import ArgumentParser
import Catalogue
import MobileNet
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
      "The input side: a multiple of 32 from 32 to 512 (default: the checkpoint's).",
      valueName: "R"))
  var resolution: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Threads to compute on (default: one per core).", valueName: "N"))
  var threads: Int?

  func validate() throws {
    if let resolution { try Self.validate(resolution: resolution) }
    if let threads { try Self.validate(threads: threads) }
  }

  /// Throws unless a network can be run at the input side `resolution`.
  static func validate(resolution: Int) throws {
    guard Architecture.resolutions.contains(resolution) else {
      throw ValidationError(
        "--resolution \(resolution): expected a multiple of 32 from 32 to 512.")
    }
  }

  /// Throws unless a network can be run on so many threads.
  static func validate(threads: Int) throws {
    guard 1...64 ~= threads else {
      throw ValidationError("--threads \(threads): expected a number from 1 to 64.")
    }
  }

  /// The name or file of the weights.
  var weights: String { chosenWeights ?? WeightsCatalogue.defaultName }

  /// Reads the checkpoint.
  func checkpoint() throws -> Checkpoint {
    do {
      return try WeightsCatalogue.checkpoint(weights)
    } catch {
      throw Failure(error)
    }
  }

  /// Reads the checkpoint; what no option says, `settings` do, which a failure names as well.
  mutating func checkpoint(or settings: Settings, from file: SettingsFile) throws -> Checkpoint {
    threads = threads ?? settings.threads
    guard chosenWeights == nil, let weights = settings.weights else { return try checkpoint() }
    chosenWeights = weights
    return try Failure.telling(file.place(of: "weights")) { try checkpoint() }
  }

  /// The side to run `checkpoint` at.
  func side(for checkpoint: Checkpoint) -> Int { resolution ?? checkpoint.resolution }

  /// Makes the network that the options describe.
  func network(_ checkpoint: Checkpoint) throws -> Network {
    do {
      return try Network(checkpoint, resolution: side(for: checkpoint), threads: threads)
    } catch {
      throw Failure(.data, "\(weights): \(error)")
    }
  }
}
