import ArgumentParser
import MobileNet

/// What to compute with: an option of the commands that can compute with more than floats.
struct PrecisionOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Compute with floats, keep halves (16 bits) between the layers, or compute with the integers "
        + "of a quantised checkpoint; auto: what it has.",
      valueName: "PRECISION"))
  private var precision = Choice.auto

  /// What the option says.
  private enum Choice: String, ExpressibleByArgument, CaseIterable {
    case auto, float, half, integer
  }

  /// What `checkpoint` is computed with: where nobody says, integers if it has them.
  func precision(for checkpoint: Checkpoint) -> Precision {
    switch precision {
    case .auto: checkpoint.integers == nil ? .float : .integer
    case .float: .float
    case .half: .half
    case .integer: .integer
    }
  }

  /// Makes the network that `options` describe, in this precision.
  func network(_ checkpoint: Checkpoint, _ options: NetworkOptions) throws -> PrecisionNetwork {
    do {
      return try PrecisionNetwork(
        checkpoint, precision: precision(for: checkpoint),
        resolution: options.resolution(for: checkpoint),
        threads: options.threads)
    } catch {
      throw failure(error, options)
    }
  }

  /// The failure to make a network of what `options` name.
  func failure(_ error: NetworkError, _ options: NetworkOptions) -> Failure {
    if case .notQuantized = error {
      return Failure(.usage, "--precision \(precision.rawValue): \(error)")
    }
    return Failure(.data, "\(options.weights): \(error)")
  }
}

extension Precision: ExpressibleByArgument {}
