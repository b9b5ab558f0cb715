import Checkpoints
import Learning
import MobileNet
import Reports
import Research

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

  /// What the checkpoint says, what is taken for granted, and how accurate it is said to be.
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
          value: "\(NumberText.fixed($0.top1, 1)) / \(NumberText.fixed($0.top5, 1))")
      }
    }
    return facts
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
