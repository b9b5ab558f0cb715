import ArgumentParser
import Atlas
import Reports

struct AtlasCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Find the channels of another network that answer to what a channel answers to.",
    discussion: """
      Both atlases are made with --image-means, over folders that have images in common: those of \
      the same path. What is compared is a channel's mean from image to image, by Pearson's \
      correlation.

      EXAMPLES
        mobilenet-explorer atlas photos -o a.safetensors --image-means
        mobilenet-explorer atlas photos -o b.safetensors --image-means \\
          --weights mobilenet-0.5
        mobilenet-explorer atlas compare a.safetensors b.safetensors --layer pool6 \\
          --channel 3 --in pool6 --json
      """)

  @Argument(
    help: ArgumentHelp("The atlas of the channel.", valueName: "FILE"),
    completion: .file(extensions: ["safetensors"]), transform: NamedFile.path)
  var atlas: String

  @Argument(
    help: ArgumentHelp("The atlas of the other network.", valueName: "OTHER"),
    completion: .file(extensions: ["safetensors"]), transform: NamedFile.path)
  var other: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The channel's layer, by name.", valueName: "NAME"))
  var layer: String

  @Option(parsing: .unconditional, help: ArgumentHelp("The channel.", valueName: "N"))
  var channel: Int

  @Option(
    name: .customLong("in"),
    help: ArgumentHelp("Look only in this layer of the other network.", valueName: "NAME"))
  var otherLayer: String?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("How many channels to print.", valueName: "N"))
  var rows = 20

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard rows >= 0 else { throw ValidationError("--rows \(rows): expected at least 0.") }
  }

  func run() throws {
    do {
      let (first, second) = (try Atlas(path: atlas), try Atlas(path: other))
      let entry = try first.layer(asked: layer)
      try entry.require(channel: channel)
      let place = try otherLayer.map { try second.layer(asked: $0, option: "--in") }
      let comparison = try AtlasComparison(first, layer: entry, channel: channel, with: second)
      let matches = comparison.matches.filter { place == nil || $0.layer == place?.name }
        .prefix(rows)
      try Output.print(
        json
          ? try JSONReport(Array(matches)).text()
          : text(Array(matches), second.summary, images: comparison.images))
    } catch let error as AtlasError {
      throw Failure(error)
    }
  }

  private func text(
    _ matches: [AtlasComparison.Match], _ other: Atlas.Summary, images: Int
  ) -> String {
    let head =
      "\(layer) channel \(channel), and channels of \(other.network) at \(other.resolution), over "
      + "\(NumberText.grouped(images)) images that both have"
    let lines = matches.map {
      NumberText.fixed($0.correlation, 3).padded(left: 7) + "  \($0.layer) channel \($0.channel)"
    }
    return ([head] + lines).joined(separator: "\n")
  }
}

extension Atlas {
  /// Returns the layer that `option` names, by its name or by its number in the network, from 1.
  func layer(asked name: String, option: String = "--layer") throws -> AtlasPlan.LayerEntry {
    if let found = layer(name) { return found }
    if let number = Int(name),
      let found = summary.layers.first(where: { $0.position == number - 1 })
    {
      return found
    }
    let hint = summary.layers.map(\.name).nearest(to: name).map { "; did you mean \($0)?" } ?? ""
    throw Failure(.usage, "\(option) \(name): the atlas has no such layer\(hint)")
  }
}

extension AtlasPlan.LayerEntry {
  /// Throws unless the layer has a channel of this number.
  func require(channel: Int) throws {
    guard 0..<channels ~= channel else {
      throw Failure(.usage, "--channel \(channel): \(name) has channels 0 to \(channels - 1)")
    }
  }
}
