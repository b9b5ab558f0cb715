import ArgumentParser
import Catalogue
import Checkpoints
import Images
import MobileNet
import Reports

struct WeightsVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Compare a checkpoint with another, or with what another framework made of an image.",
    discussion: """
      Each checkpoint gets the image as it says itself. A difference is relative to the largest \
      value of the layer in the first one.

      A .npz file, or a folder of .npy files, is what another framework made of the image: an \
      array for each layer, named as the layers are here or in their order, rows × columns × \
      channels or channels × rows × columns. Save what went in as "input": then both are fed the \
      same, and weights are told from preprocessing. With Keras:

        net = keras.Model(model.inputs, [l.output for l in model.layers[1:]])
        found = {l.name: y for l, y in zip(model.layers[1:], net(x))}
        numpy.savez("activations.npz", input=x, **found)

      EXIT STATUS
        0   all layers agree
        1   a layer differs: other weights, padding or activation
        2   the same network, fed otherwise (with a .npz or .npy)
        3   the same network, but for rounding or quantisation (with a .npz or .npy)
        65  values of both are too large from the same layer on

      EXAMPLES
        mobilenet-explorer weights verify a.onnx photo.jpg --against b.safetensors
        mobilenet-explorer weights verify a.h5 b.jpg --against c.h5 --tolerance 0.05
        mobilenet-explorer weights verify a.h5 b.jpg --against activations.npz
      """)

  @Argument(
    help: ArgumentHelp("A name, a checkpoint file or folder.", valueName: "FILE|NAME"),
    completion: .weights, transform: NamedFile.path)
  var weights: String

  @Argument(
    help: ArgumentHelp("A PNG or JPEG file; - is standard input.", valueName: "IMAGE"),
    completion: .file(extensions: ImageFormat.endings.sorted()))
  var image: String

  @Option(
    help: ArgumentHelp(
      "What to compare with; a .npz or a folder of .npy is what another framework made.",
      valueName: "FILE|NAME"), completion: .weights, transform: NamedFile.path)
  var against: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The largest relative difference that is none.", valueName: "X"))
  var tolerance = 1e-4

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The input: \(Resolution.allowed) (default: the first checkpoint's).",
      valueName: "R"))
  var resolution: Resolution?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup(title: "What the file may say otherwise, or not at all") var input: InputOptions

  func validate() throws {
    if let resolution { try NetworkOptions.validate(resolution: resolution) }
    guard tolerance >= 0 else {
      throw ValidationError("--tolerance \(tolerance): expected at least 0.")
    }
  }

  func run() throws {
    if ActivationDump.isDump(path: against) { return try compareWithDump() }
    let (first, second) = (try checkpoint(weights), try checkpoint(against))
    let resolution = resolution ?? first.resolution
    let shorterSide = [first, second].map { $0.preprocessing.shorterSide(for: resolution) }.max()
    let image = try ImageInput(image).image(forSide: shorterSide)
    let traces = try [(weights, first), (against, second)].map { name, checkpoint in
      let input = PreparedInput(
        image, preprocessing: checkpoint.preprocessing, resolution: resolution)
      do {
        return try Network(checkpoint, resolution: resolution).run(input.tensor)
      } catch {
        throw Failure(.data, "\(name): \(error)")
      }
    }
    let report = DifferenceReport(
      traces[0], traces[1], names: (weights, against),
      preprocessing: (first.preprocessing, second.preprocessing), tolerance: tolerance)
    if let overflow = report.overflow { throw Failure(.data, "\(weights): \(overflow)") }
    try Output.print(json ? report.json.text() : report.text)
    if !report.agrees { throw ExitCode(1) }
  }

  /// Compares the checkpoint's activations with those that another framework wrote to a file.
  private func compareWithDump() throws {
    let checkpoint = try checkpoint(weights)
    let dump: ActivationDump
    do {
      dump = try ActivationDump(path: against)
    } catch {
      throw Failure(.data, "\(error)")
    }
    let fed = dump.input(channels: checkpoint.architecture.inputChannels)
    let stated = fed.map { Resolution(height: $0.shape.height, width: $0.shape.width) }
    let resolution = resolution ?? stated ?? checkpoint.resolution
    if let stated, stated != resolution {
      throw Failure(
        .data,
        "\(against): its input is \(stated.rowsByColumns), expected \(resolution.rowsByColumns)")
    }
    let image = try ImageInput(image).image(
      forSide: checkpoint.preprocessing.shorterSide(for: resolution))
    let input = PreparedInput(
      image, preprocessing: checkpoint.preprocessing, resolution: resolution)
    let comparison: DumpComparison
    do {
      comparison = try DumpComparison(
        checkpoint, resolution: resolution, prepared: input, dump: dump, tolerance: tolerance)
    } catch {
      throw Failure(.data, "\(weights): \(error)")
    }
    try Output.print(json ? comparison.json.text() : comparison.text)
    if comparison.status != 0 { throw ExitCode(comparison.status) }
  }

  private func checkpoint(_ name: String) throws -> Checkpoint {
    let checkpoint = try WeightsCatalogue.inspect(name, overrides: input.overrides).checkpoint
    Console.noteFloats(of: checkpoint, name, "compares its floats")
    return checkpoint
  }
}
