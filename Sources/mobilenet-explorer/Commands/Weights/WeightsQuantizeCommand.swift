import ArgumentParser
import Catalogue
import Checkpoints
import Files
import Folders
import Foundation
import MobileNet
import Reports
import Research

struct WeightsQuantizeCommand: ParsableCommand {
  enum Number: String, ExpressibleByArgument, CaseIterable {
    case int8, uint8
  }

  enum Scales: String, ExpressibleByArgument, CaseIterable {
    case channel, tensor
  }

  static let configuration = CommandConfiguration(
    commandName: "quantize",
    abstract: "Make a network of 8-bit integers of one of floats, as a .tflite file.",
    discussion: """
      Weights become the nearest of 256 numbers, with a scale per output channel or one per layer. \
      The range of each layer's outputs is that of the photos in FOLDER: all of it, or what \
      --percentile leaves of it. The file opens here and in TensorFlow Lite. How often both agree \
      on those photos is printed; evaluate measures accuracy.

      EXAMPLES
        mobilenet-explorer weights quantize my.onnx --calibrate photos -o q.tflite
        mobilenet-explorer weights quantize mobilenet-1.0 --calibrate photos --scales tensor \\
          --type uint8 --percentile 99.9 -o small.tflite
        mobilenet-explorer evaluate val --weights small.tflite --precision integer
      """)

  @Argument(
    help: ArgumentHelp("A name, a checkpoint file or folder.", valueName: "FILE|NAME"),
    completion: .weights)
  var weights: String

  @Option(
    help: ArgumentHelp("Photos like those it will see, at any depth.", valueName: "FOLDER"),
    completion: .directory)
  var calibrate: String

  @Option(
    name: [.short, .long], help: ArgumentHelp("The file to write.", valueName: "FILE"),
    completion: .file(extensions: ["tflite"]))
  var output: String

  @Option(help: "The type of the numbers.")
  var type = Number.int8

  @Option(help: "A scale for the weights of each channel, or one for a layer's (uint8's only).")
  var scales: Scales?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many percent of a layer's outputs its range has to hold on each photo.", valueName: "P"))
  var percentile: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Look at so many photos, evenly spread, at most.", valueName: "N"))
  var images = 100

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The input side (default: the checkpoint's).", valueName: "R"))
  var resolution: Int?

  @Flag(help: "Replace the file if there is one.")
  var force = false

  func validate() throws {
    guard type == .int8 || scales != .channel else {
      throw ValidationError("--scales channel: expected --type int8, uint8 has one scale a layer.")
    }
    if let percentile {
      guard percentile >= 50, percentile <= 100 else {
        throw ValidationError("--percentile \(percentile): expected a number from 50 to 100.")
      }
    }
    guard images >= 1 else { throw ValidationError("--images \(images): expected at least 1.") }
    if let resolution { try NetworkOptions.validate(resolution: resolution) }
  }

  func run() throws {
    try OutputFile.check(output, force: force)
    let checkpoint: Checkpoint
    do {
      checkpoint = try WeightsCatalogue.checkpoint(weights)
    } catch {
      throw Failure(error)
    }
    let found: [String]
    do {
      let folder = try ImageFolder(calibrate)
      found = folder.images.map { folder.path(of: $0) }
    } catch {
      throw Failure(error)
    }
    let count = min(images, found.count)
    let paths = (0..<count).map { found[$0 * found.count / count] }
    let bar = ProgressBar(total: 2 * count)
    let side = resolution ?? checkpoint.resolution
    do {
      let network = try Network(checkpoint, resolution: side)
      var calibration = Calibration(
        layers: network.layers.count, extent: percentile.map { .percentile($0) } ?? .extremes)
      var answers: [String: [Float]] = [:]
      for (index, path) in paths.enumerated() {
        bar.show(index, note: "looking at \(path)")
        guard let input = input(path, for: checkpoint, side) else { continue }
        let trace = network.run(input.prepared.tensor)
        calibration.add(trace)
        answers[path] = trace.output(at: network.layers.count - 1).values
      }
      guard calibration.photos > 0 else {
        bar.clear()
        throw Failure(.data, "\(calibrate): no image could be read")
      }
      let quantized = try quantized(checkpoint, calibration, side)
      let integers = try IntegerNetwork(quantized, resolution: side)
      var agreement = Agreement()
      for (index, path) in paths.enumerated() {
        bar.show(count + index, note: "comparing \(path)")
        guard let floats = answers[path], let input = input(path, for: checkpoint, side) else {
          continue
        }
        let trace = integers.run(input.prepared.tensor)
        agreement.add(floats, trace.output(at: integers.layers.count - 1).reals.values)
      }
      bar.clear()
      try write(quantized)
      try Output.print("\(output): \(NumberText.bytes(FileBytes.count(of: output) ?? 0))")
      try Output.print(agreement.text(hasClasses: checkpoint.architecture.classes != nil))
    } catch let error as NetworkError {
      throw Failure(.data, "\(weights): \(error)")
    }
  }

  /// What the network gets of the image at `path`; nil, and a note, where it cannot be read.
  private func input(_ path: String, for checkpoint: Checkpoint, _ side: Int) -> Photo? {
    do {
      return try ImageInput(path).photo(for: checkpoint, side: side)
    } catch let failure as Failure {
      Console.note(failure.reason)
      return nil
    } catch {
      return nil
    }
  }

  private func quantized(
    _ checkpoint: Checkpoint, _ calibration: Calibration, _ side: Int
  ) throws -> Checkpoint {
    let isPerChannel = (scales ?? (type == .int8 ? .channel : .tensor)) == .channel
    let recipe = QuantizationRecipe(isSigned: type == .int8, isPerChannel: isPerChannel)
    let ranges = percentile.map { "\($0) % of each photo's values" } ?? "all values"
    do {
      return try checkpoint.at(resolution: side)
        .adding(
          integers: IntegerWeights(quantizing: checkpoint, calibration, recipe)
        )
        .adding(provenance: [
          Checkpoint.Fact(
            name: "quantised",
            value: "\(type.rawValue), a scale per \(isPerChannel ? "channel" : "layer"), "
              + "\(ranges), \(calibration.photos) photos")
        ])
    } catch {
      throw Failure(.data, "\(weights): \(error)")
    }
  }

  private func write(_ checkpoint: Checkpoint) throws {
    do {
      try TensorFlowLiteWriter.write(checkpoint, to: output)
    } catch {
      throw Failure(.cannotCreate, "\(error)")
    }
  }
}

/// How near the answers of two networks are to each other.
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
