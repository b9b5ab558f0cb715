import ArgumentParser
import Catalogue
import Downloads
import Files
import Reports

struct WeightsInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Say what a checkpoint is, and where each fact comes from.",
    discussion: """
      EXAMPLES
        mobilenet-explorer weights info mobilenet-0.5
        mobilenet-explorer weights info my_model.onnx --json
      """)

  @Argument(
    help: ArgumentHelp("A name, a checkpoint file or folder.", valueName: "FILE|NAME"),
    completion: .weights, transform: NamedFile.path)
  var weights: String

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup(title: "What the file may say otherwise, or not at all") var input: InputOptions

  func run() throws {
    let path = try WeightsCatalogue.path(of: weights)
    let outline = try WeightsCatalogue.inspect(weights, overrides: input.overrides).outline
    let report = CheckpointReport(
      outline, files: try files(at: path, and: outline.parts),
      published: WeightsCatalogue.entry(weights)?.published)
    try Output.print(json ? report.json.text() : report.text)
  }

  /// Returns the file at `path` and its parts, or the plain files in the folder there, with sizes and
  /// checksums.
  private func files(at path: String, and parts: [String]) throws -> [CheckpointReport.File] {
    let paths =
      FileName.kind(at: path) == .folder
      ? try FileName.files(under: path).sorted().map { path + "/" + $0 } : [path] + parts
    return try paths.map { path in
      guard let bytes = FileBytes.count(of: path), let sum = SHA256.digits(ofFile: path) else {
        throw Failure(.noInput, "\(path): cannot be read")
      }
      return CheckpointReport.File(path: path, bytes: bytes, sha256: sum)
    }
  }
}
