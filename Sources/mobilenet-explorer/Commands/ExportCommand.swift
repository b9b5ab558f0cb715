import ArgumentParser
import Explorer
import Files
import Foundation
import Images
import MobileNet
import Reports
import Tensors

struct ExportCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case npy, png, csv
  }

  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write activations to files.",
    discussion: """
      FORMATS
        npy   float32, height × width × channels, one file per layer: LAYER.npy;
              with --precision half float16; of a network that runs in
              integers uint8 or int8, with quantization.json, which says what
              they stand for
        png   every channel side by side, black to white: LAYER.png
        csv   a line per value: row, column, channel, value: LAYER.csv

      EXAMPLES
        mobilenet-explorer export photo.jpg --format npy --output activations
        mobilenet-explorer export photo.jpg --layer conv1 --format png --output out
        mobilenet-explorer export photo.jpg --layer input --format npy --output out
        mobilenet-explorer export photo.jpg --weights q.tflite --format npy -o out
        mobilenet-explorer export photo.jpg --weights quant.tflite \\
          --precision float --format npy -o floats
      """)

  @Argument(help: ArgumentHelp("A PNG or JPEG file; - is standard input.", valueName: "IMAGE"))
  var image: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The layer, by name or number, all of them, or the prepared input.",
      valueName: "NAME|all|input"))
  var layer = "all"

  @Option(help: "What to write.")
  var format: Format

  @Option(name: [.short, .long], help: ArgumentHelp("Where to write.", valueName: "FOLDER"))
  var output: String

  @OptionGroup var precision: PrecisionOption
  @OptionGroup var options: NetworkOptions

  func validate() throws {
    guard !output.isEmpty else { throw ValidationError("--output: expected a folder's name.") }
  }

  func run() throws {
    if output == OutputFile.standardOutput { try OutputFile.check(output) }
    let checkpoint = try options.checkpoint()
    let network = try precision.network(checkpoint, options)
    let names = try names(in: network.layers)
    let photo = try ImageInput(image).photo(for: checkpoint, resolution: network.resolution)
    let bytes = try contents(network, photo.prepared.tensor)
    let isNew = FileName.kind(at: output) == nil
    Interruption.watch()
    try createFolder()
    do {
      // Leaves a folder with files in it.
      defer { if isNew { rmdir(FileName.bytes(of: output)) } }
      for name in names where !Interruption.isRequested {
        try write(bytes(name), to: "\(name).\(format.rawValue)")
      }
    }
    if Interruption.isRequested { Interruption.leave() }
    if format == .npy, case .integer(let network) = network {
      let report = try QuantizationReport(network).json.text() + "\n"
      try write(Array(report.utf8), to: "quantization.json")
    }
  }

  /// Runs `network` on `input` and returns a function from a layer's name, or "input", to its
  /// file's bytes.
  private func contents(
    _ network: PrecisionNetwork, _ input: Tensor
  ) throws -> (String) throws -> [UInt8] {
    if format == .npy, case .integer(let network) = network {
      let trace = network.run(input)
      return { NumPyFile.bytes(of: trace.output(of: $0) ?? trace.input) }
    }
    if format == .npy, case .half(let network) = network {
      let trace = network.run(input)
      return { NumPyFile.bytes(of: trace.output(of: $0) ?? trace.input) }
    }
    let trace = network.run(input)
    return { try bytes(of: trace.output(of: $0) ?? trace.input) }
  }

  private func write(_ bytes: [UInt8], to name: String) throws {
    let path = FileName.path(of: name, in: output)
    try OutputFile.write(Data(bytes), to: path)
    try Output.print(path)
  }

  /// Returns the names of the layers to write, or "input".
  private func names(in layers: [Layer]) throws -> [String] {
    switch layer {
    case "all": layers.map(\.name)
    case "input": ["input"]
    default: [layers[try LayerOption.position(of: layer, in: layers)].name]
    }
  }

  private func bytes(of tensor: Tensor) throws -> [UInt8] {
    switch format {
    case .npy: NumPyFile.bytes(of: tensor)
    case .png: try PNGFile.bytes(of: ContactSheet(tensor).pixels)
    case .csv: Array(ActivationCSV.text(of: tensor).utf8)
    }
  }

  private func createFolder() throws {
    do {
      try FileName.makeFolder(at: output)
    } catch {
      throw Failure(.cannotCreate, "\(output): cannot be made a folder: \(error.reason)")
    }
  }
}
