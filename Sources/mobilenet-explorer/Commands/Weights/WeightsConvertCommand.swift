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
    abstract: "Write a checkpoint in this project's format, as ONNX, or for PyTorch.",
    discussion: """
      The format is a safetensors file with everything about the weights in its metadata: what \
      was read from the file and what was assumed. Batch norm is folded in, and numbers of eight \
      bits become floats.

      What ends in .onnx becomes ONNX: opset 13, float32, for the checkpoint's own input side, any \
      number of pictures at once.

      With --names the arrays are for timm or transformers: a file that ends in .safetensors, or \
      else a folder that the library opens by itself, with the settings of network and pictures.

      EXAMPLES
        mobilenet-explorer weights convert my_model.onnx -o my_model.safetensors
        mobilenet-explorer weights convert my_model.onnx -o small.safetensors --half
        mobilenet-explorer weights convert my.pth -o my.onnx --with-preprocessing
        mobilenet-explorer weights convert mobilenet-1.0 -o my_model --names timm
          timm.create_model("local-dir:my_model", pretrained=True)
      """)

  @Argument(
    help: ArgumentHelp("A name, a checkpoint file or folder.", valueName: "FILE|NAME"),
    completion: .weights, transform: NamedFile.path)
  var weights: String

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The file to write, or the folder with --names.", valueName: "FILE"),
    completion: .file(extensions: ["safetensors", "onnx"]))
  var output: String

  @Flag(help: "Write numbers of two bytes; each is rounded to 11 significant bits.")
  var half = false

  @Option(
    help: ArgumentHelp(
      "Name the arrays as a library of PyTorch networks does: timm or transformers.",
      valueName: "LIBRARY"))
  var names: PyTorchWriter.Library?

  @Flag(help: "Let the ONNX graph take pixels from 0 to 255, red first.")
  var withPreprocessing = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The input to write it for: \(Resolution.allowed) (default: the checkpoint's).",
      valueName: "R"))
  var resolution: Resolution?

  @Flag(help: "Replace the file if there is one.")
  var force = false

  @OptionGroup(title: "What the file may say otherwise, or not at all") var input: InputOptions

  func run() throws {
    if isFolder {
      try OutputFile.check(folder: output, force: force)
    } else {
      try OutputFile.check(output, force: force)
    }
    let imported = try WeightsCatalogue.inspect(weights, overrides: input.overrides)
    Console.noteFloats(of: imported.checkpoint, weights, "writes its floats")
    try write(imported)
    let written = isFolder ? FileName.path(of: PyTorchWriter.fileInFolder, in: output) : output
    try Output.print("\(written): \(NumberText.bytes(FileBytes.count(of: written) ?? 0))")
  }

  func validate() throws {
    if let resolution { try NetworkOptions.validate(resolution: resolution) }
    if half, names != nil || isONNX {
      throw ValidationError("--half is for this project's own format.")
    }
    if names != nil, isONNX {
      throw ValidationError("--names: expected a folder or a .safetensors file, not \(output).")
    }
    try WrittenFormat.require(
      names == nil ? ["safetensors", "onnx"] : ["safetensors"], of: output)
    if withPreprocessing, !isONNX {
      throw ValidationError("--with-preprocessing: expected a file that ends in .onnx.")
    }
  }

  private var ending: String { URL(fileURLWithPath: output).pathExtension.lowercased() }
  private var isONNX: Bool { ending == "onnx" }
  private var isFolder: Bool { names != nil && ending != "safetensors" }

  /// Writes the checkpoint in the format that the options and the output's name ask for.
  private func write(_ imported: ImportedCheckpoint) throws(CheckpointFileError) {
    let resolution = resolution ?? imported.checkpoint.resolution
    let checkpoint = imported.checkpoint.at(resolution: resolution).calibrated(for: resolution)
    if let names {
      return isFolder
        ? try PyTorchWriter.write(checkpoint, toFolder: output, for: names)
        : try PyTorchWriter.write(checkpoint, to: output, for: names)
    }
    if isONNX {
      return try ONNXWriter.write(checkpoint, to: output, withPreprocessing: withPreprocessing)
    }
    try CheckpointWriter.write(
      checkpoint.adding(provenance: origin(of: imported)), to: output,
      precision: half ? .float16 : .float32, supplement: taught(imported.checkpoint))
  }

  /// Returns the features of the images that taught the checkpoint; nil if it learned from none, or
  /// if its network or resolution changed.
  private func taught(_ checkpoint: Checkpoint) -> CheckpointWriter.Supplement? {
    guard let path = try? WeightsCatalogue.path(of: weights), TaughtFile.isTaught(path: path) else {
      return nil
    }
    let isSame =
      input.overrides.isEmpty && (resolution ?? checkpoint.resolution) == checkpoint.resolution
    guard isSame, let (images, hasUnknown) = try? TaughtFile.read(checkpoint, path: path) else {
      Console.note("\(weights): the features of the images that taught it are left out")
      return nil
    }
    return try? TaughtFile.supplement(images, hasUnknown: hasUnknown)
  }

  /// Returns the facts that record the old file, and what of the metadata was read from it or
  /// assumed.
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

extension PyTorchWriter.Library: ExpressibleByArgument {}
