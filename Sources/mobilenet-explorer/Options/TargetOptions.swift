import ArgumentParser
import Explanation
import MobileNet

/// The target to explain: a class, one class against another, a channel or a place of it.
struct TargetOptions: ParsableArguments {
  @Option(
    name: .customLong("class"), parsing: .unconditional,
    help: ArgumentHelp(
      "The class, by label or number (default: the most likely one).", valueName: "NAME"))
  var className: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The class that it is held against.", valueName: "NAME"))
  var against: String?

  @Option(help: ArgumentHelp("A layer, by name or number, in place of a class.", valueName: "NAME"))
  var layer: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("A place in the channel, instead of its mean.", valueName: "ROW,COLUMN"))
  var place: String?

  func validate() throws {
    guard layer == nil || className == nil && against == nil else {
      throw ValidationError("--layer and --class: expected one of them.")
    }
    guard place == nil || layer != nil else {
      throw ValidationError("--place: expected a --layer and a --channel as well.")
    }
  }

  /// Returns the target that the options name in a network with these `layers`.
  ///
  /// `channel` belongs to the option's layer; `likely` returns the most likely class, used if none
  /// is named.
  func target(
    channel: Int?, in layers: [Layer], of checkpoint: Checkpoint, likely: () throws -> Int
  ) throws -> Target {
    if let layer {
      guard let channel else {
        throw Failure(.usage, "--layer \(layer): expected a --channel as well")
      }
      let position = try LayerOption.position(of: layer, in: layers)
      try LayerOption.check(channel: channel, of: layers[position])
      guard let place else { return .channelMean(layer: position, channel: channel) }
      let cell = try LayerOption.cell(place, of: layers[position])
      return .value(layer: position, row: cell.row, column: cell.column, channel: channel)
    }
    if let channel { throw Failure(.usage, "--channel \(channel): expected a --layer as well") }
    guard checkpoint.architecture.classes != nil else {
      throw Failure(
        .data, "\(checkpoint.name): has no classifier; name a --layer and a --channel to explain")
    }
    let index: Int
    if let className {
      index = try ClassOption.index(of: className, in: checkpoint, option: "--class")
    } else {
      index = try likely()
    }
    guard let against else { return .logit(of: index, in: layers) }
    let other = try ClassOption.index(of: against, in: checkpoint, option: "--against")
    guard other != index else {
      throw Failure(.usage, "--against \(against): expected another class than --class")
    }
    return .difference(index, from: other)
  }
}
