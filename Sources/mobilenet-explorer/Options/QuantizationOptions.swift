import ArgumentParser
import MobileNet
import Reports

/// The options of the commands that make integers from floats.
struct QuantizationOptions: ParsableArguments {
  enum Number: String, ExpressibleByArgument, CaseIterable {
    case int8, uint8
  }

  enum Scales: String, ExpressibleByArgument, CaseIterable {
    case channel, tensor
  }

  @Option(help: "The type of the integers.")
  var type = Number.int8

  @Option(help: "A scale for the weights of each channel, or one for a layer's (uint8's only).")
  var scales: Scales?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many percent of a layer's outputs its range has to hold on each photo.", valueName: "P"))
  var percentile: Double?

  func validate() throws {
    guard type == .int8 || scales != .channel else {
      throw ValidationError("--scales channel: expected --type int8, uint8 has one scale a layer.")
    }
    if let percentile {
      guard percentile >= 50, percentile <= 100 else {
        throw ValidationError("--percentile \(percentile): expected a number from 50 to 100.")
      }
    }
  }

  /// Whether an option differs from its default.
  var isAsked: Bool { type != .int8 || scales != nil || percentile != nil }

  private var isPerChannel: Bool { (scales ?? (type == .int8 ? .channel : .tensor)) == .channel }

  /// The recipe that the options ask for.
  var recipe: QuantizationRecipe {
    QuantizationRecipe(isSigned: type == .int8, isPerChannel: isPerChannel)
  }

  /// The definition of a layer's range: all values, or a percentile of them.
  var extent: ActivationRanges.Extent { percentile.map { .percentile($0) } ?? .extremes }

  /// Returns the options in words, for ranges found on `photos` photos.
  func text(photos: Int) -> String {
    let ranges =
      percentile.map { "\(NumberText.trimmed($0)) % of each photo's values" } ?? "all values"
    return "\(type.rawValue), a scale per \(isPerChannel ? "channel" : "layer"), \(ranges), "
      + "\(photos) photo\(photos == 1 ? "" : "s")"
  }
}
