import ArgumentParser
import MobileNet
import Reports

/// How floats become integers: options of the commands that do that.
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

  /// Whether anything else than the usual is asked for.
  var isAsked: Bool { type != .int8 || scales != nil || percentile != nil }

  private var isPerChannel: Bool { (scales ?? (type == .int8 ? .channel : .tensor)) == .channel }

  /// What the options ask for.
  var recipe: QuantizationRecipe {
    QuantizationRecipe(isSigned: type == .int8, isPerChannel: isPerChannel)
  }

  /// What counts as the end of a layer's range.
  var extent: ActivationRanges.Extent { percentile.map { .percentile($0) } ?? .extremes }

  /// The same in words, for ranges that `photos` photos have.
  func text(photos: Int) -> String {
    let ranges =
      percentile.map { "\(NumberText.trimmed($0)) % of each photo's values" } ?? "all values"
    return "\(type.rawValue), a scale per \(isPerChannel ? "channel" : "layer"), \(ranges), "
      + "\(photos) photo\(photos == 1 ? "" : "s")"
  }
}
