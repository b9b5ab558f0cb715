import ArgumentParser
import Atlas
import Files
import Foundation
import Reports

struct AtlasTrimCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trim",
    abstract: "Leave out of an atlas what it says about single images.",
    discussion: """
      What stays is the statistics of each channel and its classes, without any image's name: \
      enough for the explorer to say what a channel means, in a file of some hundred kilobytes.

      EXAMPLES
        mobilenet-explorer atlas trim photos.atlas.safetensors -o small.safetensors
      """)

  @Argument(
    help: ArgumentHelp("An atlas.", valueName: "FILE"),
    completion: .file(extensions: ["safetensors"]), transform: NamedFile.path)
  var atlas: String

  @Option(
    name: [.short, .long], help: ArgumentHelp("The atlas to write.", valueName: "FILE"),
    completion: .file(extensions: ["safetensors"]))
  var output: String

  @Flag(help: "Replace the file even if it is no atlas.")
  var force = false

  func run() throws {
    try AtlasOutput.check(output, force: force)
    try OutputFile.check(output, isNoneOf: [atlas])
    do {
      try Atlas(path: atlas).writeWithoutImages(to: output)
    } catch {
      throw Failure(error)
    }
    try AtlasOutput.say(output)
  }
}

/// The output file of a command on atlases.
enum AtlasOutput {
  /// Throws unless `path` can be written to and holds nothing, an atlas, or with `force` any file.
  static func check(_ path: String, force: Bool) throws {
    try OutputFile.check(path)
    if !force, FileName.kind(at: path) != nil, !AtlasFile.isOne(path) {
      throw Failure(.cannotCreate, "\(path): exists and is no atlas; --force replaces it")
    }
  }

  /// Prints the file's path and size.
  static func say(_ path: String) throws {
    let size = FileBytes.count(of: path) ?? 0
    try Output.print("\(path): \(NumberText.bytes(size))")
  }
}
