import ArgumentParser
import Atlas
import Catalogue
import Reports

struct AtlasShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Say what an atlas has about its layers, a channel or a class.",
    discussion: """
      EXAMPLES
        mobilenet-explorer atlas show photos.atlas.safetensors
        mobilenet-explorer atlas show photos.atlas.safetensors --layer conv5_5_sep
        mobilenet-explorer atlas show a.safetensors --layer conv5_5_sep --channel 12
        mobilenet-explorer atlas show a.safetensors --class lemon --least 0.9
      """)

  @Argument(
    help: ArgumentHelp("An atlas.", valueName: "FILE"),
    completion: .file(extensions: ["safetensors"]), transform: NamedFile.path)
  var atlas: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("A layer: its name, or its number from 1.", valueName: "LAYER"))
  var layer: String?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("A channel of the layer.", valueName: "N"))
  var channel: Int?

  @Option(
    name: .customLong("class"),
    help: ArgumentHelp("Find the channels that tell this class best.", valueName: "NAME"))
  var className: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The least area under the ROC curve with --class (default: 0.5).", valueName: "AUC"))
  var least: Double?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("How many lines to print.", valueName: "N"))
  var rows = 20

  @Option(
    name: .customLong("weights"),
    help: ArgumentHelp("Refuse the atlas unless it is of this network.", valueName: "FILE|NAME"),
    completion: .weights, transform: NamedFile.path)
  var weights: String?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    if channel != nil, layer == nil { throw ValidationError("--channel: needs --layer.") }
    if className != nil, channel != nil {
      throw ValidationError("--class: looks at all channels; leave out --channel.")
    }
    if let least {
      guard 0...1 ~= least else { throw ValidationError("--least \(least): expected 0 to 1.") }
      if className == nil { throw ValidationError("--least: needs --class.") }
    }
    guard rows > 0 else { throw ValidationError("--rows \(rows): expected at least 1.") }
  }

  func run() throws {
    do {
      let opened = try Atlas(path: atlas)
      let checkpoint = try weights.map { try WeightsCatalogue.checkpoint($0) }
      if let checkpoint { try opened.require(digest: checkpoint.digest(), name: checkpoint.name) }
      let names = try ClassNaming.names(of: opened.summary.classes, by: checkpoint)
      let report = AtlasReport(opened, classes: names)
      if let className {
        guard let index = index(of: className, [opened.summary.classes, names]) else {
          throw Failure(.usage, "--class \(className): \(classHint(names, className))")
        }
        let layers = try layer.map { [try opened.layer(asked: $0)] } ?? opened.summary.layers
        let found = try report.channels(for: index, least: least ?? 0.5, in: layers)
        return try Output.print(
          json ? report.json(found).text() : report.text(found, classIndex: index, rows: rows))
      }
      guard let layer else {
        return try Output.print(json ? report.json().text() : report.text())
      }
      let entry = try opened.layer(asked: layer)
      guard let channel else {
        return try Output.print(
          json ? report.json(of: entry).text() : report.text(of: entry, rows: rows))
      }
      try entry.require(channel: channel)
      try Output.print(
        json
          ? report.json(of: entry, channel: channel).text()
          : report.text(of: entry, channel: channel, rows: rows))
    } catch let error as AtlasError {
      throw Failure(error)
    } catch let error as CatalogueError {
      throw Failure(error)
    }
  }

  /// The class called `name` in one of `lists`, in any case of letters; it may be one of several names.
  private func index(of name: String, _ lists: [[String]]) -> Int? {
    let wanted = name.lowercased()
    let same = lists.lazy.compactMap { $0.firstIndex { $0.lowercased() == wanted } }.first
    return same
      ?? lists.lazy.compactMap { list in
        list.firstIndex {
          $0.lowercased().split(separator: ",").contains { $0.drop { $0 == " " } == wanted }
        }
      }.first
  }

  private func classHint(_ classes: [String], _ name: String) -> String {
    guard !classes.isEmpty else { return "the atlas knows no classes" }
    return "no such class\(classes.hint(for: name))"
  }
}
