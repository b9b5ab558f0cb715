import ArgumentParser
import Catalogue
import Checkpoints
import Evaluation
import Files
import Folders
import Foundation
import MobileNet
import Reports
import Research

struct WeightsQuantizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quantize",
    abstract: "Make a network of 8-bit integers of one of floats.",
    discussion: """
      Weights become the nearest of 256 numbers, with a scale per output channel or one per layer. \
      The range of each layer's outputs is that of the photos in FOLDER: all of it, or what \
      --percentile leaves of it. The file opens here and in TensorFlow Lite; one that ends in .json \
      keeps only the ranges and the name of the floats' file, a .safetensors of this program that it \
      has to lie beside. How often both agree on those photos is printed; with --evaluate also how \
      often each is right on other photos, and the file says so.

      EXAMPLES
        mobilenet-explorer weights quantize my.onnx --calibrate photos -o q.tflite
        mobilenet-explorer weights quantize mobilenet-1.0 --calibrate photos \\
          --scales tensor --type uint8 --percentile 99.9 -o small.tflite
        mobilenet-explorer weights quantize my.h5 --calibrate a --evaluate b \\
          -o own.tflite
        mobilenet-explorer weights quantize mine.safetensors --calibrate a \\
          -o mine-int8.json
        mobilenet-explorer evaluate val --weights small.tflite --precision integer
      """)

  @Argument(
    help: ArgumentHelp("A name, a checkpoint file or folder.", valueName: "FILE|NAME"),
    completion: .weights, transform: NamedFile.path)
  var weights: String

  @Option(
    help: ArgumentHelp("Photos like those it will see, at any depth.", valueName: "FOLDER"),
    completion: .directory, transform: NamedFile.path)
  var calibrate: String

  @Option(
    name: [.short, .long], help: ArgumentHelp("The file to write.", valueName: "FILE"),
    completion: .file(extensions: ["tflite", "json"]))
  var output: String

  @OptionGroup var quantization: QuantizationOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Look at so many photos, evenly spread, at most.", valueName: "N"))
  var images = 100

  @Option(
    help: ArgumentHelp(
      "Measure the accuracy before and after on the images of a folder per class.",
      valueName: "FOLDER"), completion: .directory, transform: NamedFile.path)
  var evaluate: String?

  @Option(
    help: ArgumentHelp(
      "What the images of --evaluate show, lines of \"file class\".", valueName: "FILE"),
    completion: .file(), transform: NamedFile.path)
  var truth: String?

  @Option(
    help: ArgumentHelp("A text file with the name of a class on each line.", valueName: "FILE"),
    completion: .file(), transform: NamedFile.path)
  var labels: String?

  @Option(
    help: ArgumentHelp("What the file calls itself (default: as before).", valueName: "NAME"))
  var name: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The input side (default: the checkpoint's).", valueName: "R"))
  var resolution: Resolution?

  @Flag(help: "Replace the file if there is one.")
  var force = false

  mutating func validate() throws {
    (truth, labels) = LabelledFolder.told(truth: truth, labels: labels, in: evaluate)
    guard images >= 1 else { throw ValidationError("--images \(images): expected at least 1.") }
    try WrittenFormat.require(["tflite", "json"], of: output)
    guard truth == nil || evaluate != nil else {
      throw ValidationError("--truth: needs --evaluate.")
    }
    if let resolution { try NetworkOptions.validate(resolution: resolution) }
  }

  func run() throws {
    try OutputFile.check(output, force: force)
    let checkpoint = try floats()
    let photos = try RangePhotos(folder: calibrate, most: images)
    let shown = try evaluate.map {
      try LabelledFolder.images(in: $0, truth: truth, for: checkpoint)
    }
    let bar = ProgressBar(total: 2 * photos.paths.count)
    do {
      let network = try Network(checkpoint)
      var answers: [String: [Float]] = [:]
      let ranges = try photos.ranges(of: network, quantization.extent) {
        index, path, trace in
        bar.show(index, note: "looking at \(path)")
        answers[path] = trace.output(at: network.layers.count - 1).values
      }
      var quantized = try checkpoint.quantized(
        for: checkpoint.resolution, ranges, quantization.recipe
      )
      .adding(provenance: [
        Checkpoint.Fact(
          name: "quantised", value: quantization.text(photos: ranges.photos))
      ])
      let integers = try IntegerNetwork(quantized)
      var agreement = Agreement()
      for (index, path) in photos.paths.enumerated() {
        bar.show(photos.paths.count + index, note: "comparing \(path)")
        guard let floats = answers[path],
          let input = RangePhotos.input(path, for: checkpoint, resolution: checkpoint.resolution)
        else { continue }
        let trace = integers.run(input.prepared.tensor)
        agreement.add(floats, trace.output(at: integers.layers.count - 1).reals.values)
      }
      bar.clear()
      var lines = [agreement.text(hasClasses: checkpoint.architecture.classes != nil)]
      if let shown {
        let (before, after) = (
          try accuracy(checkpoint, .float, shown), try accuracy(quantized, .integer, shown)
        )
        quantized = quantized.measured(
          [after], by: "mobilenet-explorer evaluate, \(shown.count) images")
        lines += [("floats", before), ("integers", after)].map { whose, found in
          "\(whose): top-1 \(NumberText.fixed(found.top1, 2)), top-5 "
            + "\(NumberText.fixed(found.top5, 2)) % of \(NumberText.grouped(shown.count)) images"
        }
      }
      try write(quantized, ranges)
      try Output.print("\(output): \(NumberText.bytes(FileBytes.count(of: output) ?? 0))")
      for line in lines { try Output.print(line) }
    } catch let error as NetworkError {
      throw Failure(.data, "\(weights): \(error)")
    } catch let error as CheckpointError {
      throw Failure(.data, "\(weights): \(error)")
    }
  }

  /// Returns the checkpoint in floats, at the resolution to quantise it for.
  private func floats() throws -> Checkpoint {
    var overrides = Overrides()
    overrides.labelFile = labels
    let found = try WeightsCatalogue.inspect(weights, overrides: overrides).checkpoint
    guard found.integers == nil else {
      throw Failure(
        .data, "\(weights): is quantised already; name the floats that it was made of")
    }
    let resolution = resolution ?? found.resolution
    return found.called(name ?? found.name).at(resolution: resolution).calibrated(for: resolution)
  }

  /// Returns the accuracy of `checkpoint` on the images of `truth`, in percent.
  private func accuracy(
    _ checkpoint: Checkpoint, _ precision: Precision, _ truth: [LabelledImages.Image]
  ) throws -> Checkpoint.MeasuredAccuracy {
    let bar = ProgressBar(total: truth.count)
    let evaluation = try Evaluator(
      checkpoint, precision: precision, resolution: checkpoint.resolution,
      threads: Network.defaultImageThreads
    ).evaluate(truth) { bar.show($0.images, note: "evaluating, \(precision.rawValue)") }
    bar.clear()
    for image in evaluation.unreadable { Console.note(image.reason) }
    guard !evaluation.answers.isEmpty else {
      throw Failure(.data, "\(evaluate ?? ""): no image could be read")
    }
    func percent(_ count: Int) -> Double {
      (evaluation.share(top: count) * 10000).rounded() / 100
    }
    return Checkpoint.MeasuredAccuracy(
      resolution: checkpoint.resolution, top1: percent(1), top5: percent(5))
  }

  private func write(_ checkpoint: Checkpoint, _ ranges: ActivationRanges) throws {
    guard output.hasSuffix(".json") else {
      return try TensorFlowLiteWriter.write(checkpoint, to: output)
    }
    let file = try RangesFile(
      checkpoint, ranges, quantization.recipe,
      floats: try WeightsCatalogue.path(of: weights),
      quantised: quantization.text(photos: ranges.photos))
    try file.write(to: output)
  }
}

/// Counts on how many images two networks give the same answer, and how much their outputs differ.
private struct Agreement {
  private var images = 0
  private var same = 0
  private var differences: Float = 0

  mutating func add(_ a: [Float], _ b: [Float]) {
    images += 1
    same +=
      Prediction.top(1, of: a).first?.classIndex == Prediction.top(1, of: b).first?.classIndex
      ? 1 : 0
    let distance = zip(a, b).map { abs($0 - $1) }.reduce(0, +)
    differences += distance / max(a.map(\.magnitude).reduce(0, +), .leastNormalMagnitude)
  }

  func text(hasClasses: Bool) -> String {
    let share = NumberText.percent(Double(differences) / Double(max(images, 1)), digits: 1)
    guard hasClasses else { return "the features differ by \(share) on average" }
    return "the same first answer on \(same) of \(images) photos; "
      + "the probabilities differ by \(share) in all, on average"
  }
}
