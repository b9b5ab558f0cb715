import Checkpoints
import Foundation
import Learning
import Lessons
import MobileNet
import Reports
import Research
import Weights

/// The catalogue, as a library for questions.
public struct WeightsLibrary: Library {
  /// Creates a library of all bundled and fetched checkpoints, and those in files.
  public init() {}

  /// The names of the bundled checkpoints of floats, the widest first.
  public var bundledNames: [String] { WeightsCatalogue.bundledNames }

  /// The bundled checkpoints, then the fetched ones.
  public var choices: [WeightsChoice] {
    (WeightsCatalogue.bundled + WeightsCatalogue.quantized).map {
      WeightsChoice(name: $0.name, origin: WeightsChoice.bundled)
    }
      + WeightsCatalogue.fetched.map { WeightsChoice(name: $0.name, origin: "fetched") }
  }

  /// Reads the checkpoint called `name`, or at that path, with the person's corrections.
  public func checkpoint(_ name: String, said: Said) throws(CatalogueError) -> Checkpoint {
    let overrides: Overrides
    do {
      overrides = try Overrides(said)
    } catch {
      throw .unusable("\(name): \(error)")
    }
    return try WeightsCatalogue.inspect(name, overrides: overrides).checkpoint
  }

  /// The checkpoint's own facts, those taken for granted, and its stated accuracy.
  public func facts(
    of name: String, at resolution: Resolution?
  ) throws(CatalogueError) -> [WeightsFact] {
    let report = CheckpointReport(
      try WeightsCatalogue.outline(name), at: resolution,
      published: WeightsCatalogue.entry(name)?.published)
    var facts = report.facts
    for (source, rows) in report.accuracies {
      facts.append(WeightsFact(name: "", value: ""))
      facts.append(WeightsFact(name: "top-1 / top-5", value: source))
      facts += rows.map {
        WeightsFact(
          name: "at \($0.resolution)",
          value: "\(NumberText.fixed($0.top1, 1)) / \(NumberText.fixed($0.top5, 1))",
          share: $0.top1 / 100)
      }
    }
    return facts
  }

  /// Returns the accuracy of floats and of both kinds of integers, as the bundled files state it, at the
  /// largest side that all three were measured at.
  ///
  /// Returns nil for weights that are read otherwise than their file says.
  public func integerAccuracy(of model: Model) -> IntegerAccuracy? {
    let name = model.source.components(separatedBy: "-int8")[0]
    func top1(_ ending: String) -> [Resolution: Double]? {
      guard let outline = try? WeightsCatalogue.outline(name + ending),
        outline.architecture == model.checkpoint.architecture,
        outline.preprocessing == model.checkpoint.preprocessing
      else { return nil }
      return Dictionary(outline.accuracy.map { ($0.resolution, $0.top1) }) { first, _ in first }
    }
    guard BundledWeights.named(name) != nil, let floats = top1(""), let channels = top1("-int8"),
      let tensors = top1("-int8-tensor")
    else { return nil }
    return floats.keys.sorted().reversed().lazy.compactMap { side in
      guard let floats = floats[side], let tensor = tensors[side], let channel = channels[side]
      else { return nil }
      return IntegerAccuracy(
        resolution: side, floats: floats, perTensor: tensor, perChannel: channel)
    }.first
  }

  /// Whether the name or the first bytes at `path` are those of a checkpoint.
  public func mayRead(path: String) -> Bool { CheckpointReader.mayRead(path: path) }

  /// Returns the path of the bundled image called `name`.
  public func samplePath(_ name: String) throws -> String { try SampleCatalogue.path(of: name) }

  /// Returns the atlas at `path`, one beside the weights, or a bundled one; nil if there is none.
  public func atlas(of model: Model, path: String?) throws -> ChannelAtlas? {
    try AtlasCatalogue.atlas(of: model, path: path)
  }

  /// Makes an atlas, and keeps it for later calls.
  public func makeAtlas(
    of model: Model, folder: String, threads: Int?, progress: (Int, Int) throws -> Void
  ) throws -> String {
    try AtlasCatalogue.make(of: model, folder: folder, threads: threads, progress: progress)
  }

  /// Returns the channels of another network that correlate most with a channel, from two atlases
  /// that keep means.
  public func channels(
    of other: String, like channel: Int, of layer: String, in atlas: String, most: Int
  ) throws -> ChannelMatches {
    try AtlasCatalogue.channels(of: other, like: channel, of: layer, in: atlas, most: most)
  }

  /// Writes the learned checkpoint with its features, so that more images can be added.
  public func write(_ learned: Learned, to path: String) throws {
    try TaughtFile.write(learned, to: path)
  }
}
