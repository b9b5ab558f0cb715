import ArgumentParser
import Checkpoints
import Folders
import Foundation
import MobileNet
import Reports

struct FeaturesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "features",
    abstract: "Write what a layer makes of every image of a folder.",
    discussion: """
      FILE becomes a .npy array of float32: a row for each image, in the order of their paths' \
      bytes, images × channels, or images × height × width × channels where a channel has several \
      values. Beside it a CSV says which row is which image. An image that can't be read is named \
      and has no row.

      EXAMPLES
        mobilenet-explorer features photos -o features.npy
        mobilenet-explorer features photos -o conv.npy --layer conv5_5_sep
        python3 -c 'import numpy; print(numpy.load("features.npy").shape)'
      """)

  @Argument(
    help: ArgumentHelp("Where the images are, at any depth.", valueName: "FOLDER"),
    transform: NamedFile.path)
  var folder: String

  @Option(
    name: [.short, .long], help: ArgumentHelp("The array to write.", valueName: "FILE"),
    completion: .file(extensions: ["npy"]))
  var output: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The layer, by name or number.", valueName: "NAME"))
  var layer = "pool6"

  @OptionGroup var options: NetworkOptions

  func run() throws {
    let table = (output as NSString).deletingPathExtension + ".csv"
    guard table != output else {
      throw Failure(.usage, "-o \(output): expected a name that does not end with .csv")
    }
    for path in [output, table] { try OutputFile.check(noPicture: path) }
    let checkpoint = try options.checkpoint()
    options.noteFloats(of: checkpoint)
    let resolution = options.resolution(for: checkpoint)
    let layers = checkpoint.architecture.layers(resolution: resolution)
    let position = try LayerOption.position(of: layer, in: layers)
    // The pooling layer's output does not need the classifier behind it.
    let isPooling = layers[position].kind == .averagePooling
    let walk = try ImageWalk(
      isPooling ? checkpoint.withoutClassifier() : checkpoint, resolution: resolution,
      threads: options.imageThreads)
    let clock = ContinuousClock()
    let start = clock.now
    do {
      let found = try ImageFolder(folder)
      let bar = ProgressBar(total: found.images.count)
      Interruption.watch()
      let written = try FeatureFile(walk: walk, position: position).write(
        found, to: output, stops: { Interruption.isRequested }, note: { Console.note($0) },
        progress: { done in bar.show(done, note: layers[position].name) })
      bar.clear()
      guard let rows = written else { Interruption.leave() }
      let maker = FeatureIndex.Maker(
        digest: walk.networks[0].checkpoint.digest(), layer: layers[position].name,
        resolution: resolution)
      let lines = rows.enumerated().map { (["\($0)", $1] + maker.fields).csvLine }.joined()
      let head = (["row", "image"] + FeatureIndex.Maker.columns).csvLine
      try OutputFile.write(text: head + lines, to: table)
      let rate = Double(found.images.count) / ((clock.now - start) / .seconds(1))
      try Output.print(
        "\(output), \(table): \(NumberText.grouped(rows.count)) rows of "
          + "\(layers[position].output), \(NumberText.fixed(rate, 1)) images/s")
    } catch let error as FolderError {
      throw Failure(error)
    }
  }
}
