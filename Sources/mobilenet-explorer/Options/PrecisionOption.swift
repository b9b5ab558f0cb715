import ArgumentParser
import MobileNet

/// What to compute with: an option of the commands that can compute with more than floats.
struct PrecisionOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Compute with floats, keep halves (16 bits) between the layers, or compute with the integers "
        + "of a quantised checkpoint; auto: what it has.",
      valueName: "PRECISION"))
  var precision = Precision.auto

  /// Makes the network that `options` describe, in this precision.
  func network(_ checkpoint: Checkpoint, _ options: NetworkOptions) throws -> PrecisionNetwork {
    do {
      return try PrecisionNetwork(
        checkpoint, precision: precision, resolution: options.side(for: checkpoint),
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
