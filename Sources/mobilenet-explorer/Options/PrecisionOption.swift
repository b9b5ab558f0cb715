import ArgumentParser
import MobileNet

/// The precision to compute in: an option of the commands that can use more than floats.
struct PrecisionOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Compute with floats, keep halves (16 bits) between the layers, or compute with the integers "
        + "of a quantised checkpoint; auto: what it has.",
      valueName: "PRECISION"))
  private var precision = Choice.auto

  /// The values of the option.
  private enum Choice: String, ExpressibleByArgument, CaseIterable {
    case auto, float, half, integer
  }

  /// Returns the precision to compute `checkpoint` in; by default integers if it has them.
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

  /// Returns the failure for a network that could not be made of what `options` name.
  func failure(_ error: NetworkError, _ options: NetworkOptions) -> Failure {
    if case .notQuantized = error {
      return Failure(.usage, "--precision \(precision.rawValue): \(error)")
    }
    return Failure(.data, "\(options.weights): \(error)")
  }
}

extension Precision: ExpressibleByArgument {}
