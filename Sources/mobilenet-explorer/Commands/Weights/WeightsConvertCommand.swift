import ArgumentParser
import Catalogue
import Checkpoints
import Downloads
import Files
import Foundation
import MobileNet
import Reports

struct WeightsConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write a checkpoint in this project's format.",
    discussion: """
      The format is a safetensors file with everything about the weights in its metadata: what \
      was read from the file and what was assumed. Batch norm is folded in, and numbers of eight \
      bits become floats.

      EXAMPLES
        mobilenet-explorer weights convert my_model.onnx -o my_model.safetensors
        mobilenet-explorer weights convert my_model.onnx -o small.safetensors --half
      """)

  @Argument(
    help: ArgumentHelp("A name, a checkpoint file or folder.", valueName: "FILE|NAME"),
    completion: .weights)
  var weights: String

  @Option(
    name: [.short, .long], help: ArgumentHelp("The file to write.", valueName: "FILE"),
    completion: .file(extensions: ["safetensors"]))
  var output: String

  @Flag(help: "Write numbers of two bytes; each is rounded to 11 significant bits.")
  var half = false

  @Flag(help: "Replace the file if there is one.")
  var force = false

  @OptionGroup(title: "What the file may say otherwise, or not at all") var input: InputOptions

  func run() throws {
    try OutputFile.check(output, force: force)
    let imported: ImportedCheckpoint
    do {
      imported = try WeightsCatalogue.inspect(weights, overrides: input.overrides)
    } catch {
      throw Failure(error)
    }
    do {
      try CheckpointWriter.write(
        imported.checkpoint.adding(provenance: origin(of: imported)), to: output,
        precision: half ? .float16 : .float32)
    } catch {
      let isData = if case .inconsistent = error.reason { true } else { false }
      throw Failure(isData ? .data : .cannotCreate, "\(error)")
    }
    try Output.print("\(output): \(NumberText.bytes(FileBytes.count(of: output) ?? 0))")
  }

  /// What the new file says of the old one: what it was, and what the metadata owes to it.
  private func origin(of imported: ImportedCheckpoint) -> [Checkpoint.Fact] {
    let name = URL(fileURLWithPath: weights).lastPathComponent
    let sources = CheckpointReport(imported.outline).facts
      .compactMap { fact in fact.source.map { "\(fact.name): \($0)" } }
    return [
      Checkpoint.Fact(name: "converted from", value: "\(name), \(imported.format)"),
      Checkpoint.Fact(name: "read as", value: sources.joined(separator: "; ")),
    ]
  }
}
