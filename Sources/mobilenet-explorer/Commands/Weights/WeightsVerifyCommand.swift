import ArgumentParser
import Catalogue
import Images
import MobileNet
import Reports

struct WeightsVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Compare what two checkpoints make of an image, layer by layer.",
    discussion: """
      Each checkpoint gets the image as it says itself. A difference is relative to the largest \
      value of the layer in the first one.

      EXIT STATUS
        0   all layers agree
        1   a layer differs

      EXAMPLES
        mobilenet-explorer weights verify a.onnx photo.jpg --against b.safetensors
        mobilenet-explorer weights verify a.h5 b.jpg --against c.h5 --tolerance 0.05
      """)

  @Argument(
    help: ArgumentHelp("A name, a checkpoint file or folder.", valueName: "FILE|NAME"),
    completion: .weights)
  var weights: String

  @Argument(
    help: ArgumentHelp("A PNG or JPEG file; - is standard input.", valueName: "IMAGE"),
    completion: .file(extensions: ImageFormat.endings.sorted()))
  var image: String

  @Option(
    help: ArgumentHelp("What to compare with.", valueName: "FILE|NAME"), completion: .weights)
  var against: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The largest relative difference that is none.", valueName: "X"))
  var tolerance = 1e-4

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The input side: \(Architecture.resolutionsText) (default: the first checkpoint's).",
      valueName: "R"))
  var resolution: Int?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    if let resolution { try NetworkOptions.validate(resolution: resolution) }
    guard tolerance >= 0 else {
      throw ValidationError("--tolerance \(tolerance): expected at least 0.")
    }
  }

  func run() throws {
    let (first, second) = (try checkpoint(weights), try checkpoint(against))
    let side = resolution ?? first.resolution
    let shorterSide = [first, second].map { $0.preprocessing.shorterSide(for: side) }.max() ?? side
    let image = try ImageInput(image).image(forSide: shorterSide)
    let traces = try [(weights, first), (against, second)].map { name, checkpoint in
      let input = PreparedInput(image, preprocessing: checkpoint.preprocessing, side: side)
      do {
        return try Network(checkpoint, resolution: side).run(input.tensor)
      } catch {
        throw Failure(.data, "\(name): \(error)")
      }
    }
    let report = DifferenceReport(
      traces[0], traces[1], names: (weights, against),
      preprocessing: (first.preprocessing, second.preprocessing), tolerance: tolerance)
    try Output.print(json ? report.json.text() : report.text)
    if !report.agrees { throw ExitCode(1) }
  }

  private func checkpoint(_ name: String) throws -> Checkpoint {
    do {
      return try WeightsCatalogue.checkpoint(name)
    } catch {
      throw Failure(error)
    }
  }
}
