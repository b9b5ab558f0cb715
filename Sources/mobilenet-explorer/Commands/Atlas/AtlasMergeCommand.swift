import ArgumentParser
import Atlas

struct AtlasMergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Put the shards of an atlas together.",
    discussion: """
      The result is the atlas of a single run, byte for byte, in whatever order the shards were \
      made and are named.

      EXAMPLES
        mobilenet-explorer atlas merge part-*.safetensors -o photos.atlas.safetensors
      """)

  @Argument(
    help: ArgumentHelp("The shards' files, all of them.", valueName: "PART"),
    transform: NamedFile.path)
  var parts: [String]

  @Option(
    name: [.short, .long], help: ArgumentHelp("The atlas to write.", valueName: "FILE"),
    completion: .file(extensions: ["safetensors"]))
  var output: String

  @Flag(help: "Replace the file even if it is no atlas.")
  var force = false

  func run() throws {
    try AtlasOutput.check(output, force: force)
    try OutputFile.check(output, isNoneOf: parts)
    do {
      try AtlasMerge.merge(parts, to: output)
    } catch {
      throw Failure(error)
    }
    try AtlasOutput.say(output)
  }
}
