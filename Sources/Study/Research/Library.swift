import Comparison
import Learning
import Lessons
import MobileNet

/// Finds checkpoints by name or path, and tells what is known of them without a run.
public protocol Library: Sendable {
  /// The names of the checkpoints that come with the program, the widest first.
  var bundledNames: [String] { get }
  /// The checkpoints that can be chosen by name.
  var choices: [WeightsChoice] { get }
  /// Returns the checkpoint called `name`, or at that path, read as `said` states.
  func checkpoint(_ name: String, said: Said) throws -> Checkpoint
  /// The facts of the checkpoint called `name`, or at that path, at `resolution`; nil is its own.
  func facts(of name: String, at resolution: Resolution?) throws -> [WeightsFact]
  /// Returns the accuracy of `model` over many photos, in floats and as integers; nil if nobody measured
  /// it.
  func integerAccuracy(of model: Model) -> IntegerAccuracy?
  /// Whether what lies at `path` may be a checkpoint, by its name and the first bytes at most.
  func mayRead(path: String) -> Bool
  /// Returns the path of the bundled image called `name`.
  func samplePath(_ name: String) throws -> String
  /// Returns the atlas of a network: the one at `path` if it is of this network, else one beside
  /// the weights or one that comes with the program; nil if there is none.
  func atlas(of model: Model, path: String?) throws -> ChannelAtlas?
  /// Makes an atlas of a network over the images in a folder, and returns its path.
  ///
  /// `progress` receives the number of images done and of all, and stops the work by throwing: the
  /// progress is kept for the next time.
  func makeAtlas(
    of model: Model, folder: String, threads: Int?, progress: (Int, Int) throws -> Void
  ) throws -> String
  /// Returns up to `most` channels of the atlas at `other`, those most correlated with a channel of
  /// the layer called `layer` in the atlas at `atlas`.
  func channels(
    of other: String, like channel: Int, of layer: String, in atlas: String, most: Int
  ) throws -> ChannelMatches
  /// Writes a learned layer to a file that can be read like any checkpoint.
  func write(_ learned: Learned, to path: String) throws
}

/// A checkpoint that can be chosen.
public struct WeightsChoice: Equatable, Sendable {
  /// The name, which also loads the checkpoint.
  public let name: String
  /// The origin: bundled, fetched, or a file.
  public let origin: String

  /// Whether the checkpoint comes with the program; such weights serve every resolution.
  public var isBundled: Bool { origin == Self.bundled }

  /// The origin of weights that come with the program.
  public static let bundled = "bundled"

  /// Creates a choice.
  public init(name: String, origin: String) {
    self.name = name
    self.origin = origin
  }
}

/// A fact about a checkpoint.
public struct WeightsFact: Equatable, Sendable {
  /// The name of the fact; empty for a line that continues the one before.
  public let name: String
  /// The value of the fact.
  public let value: String
  /// The source of the fact; nil if it is counted, or names its source itself.
  public let source: String?
  /// Whether the source is not the file, so that the person must be told.
  public let isAssumption: Bool
  /// The value as a share, 0…1; nil for what is none.
  public let share: Double?

  /// Creates the fact that `name` is `value` according to `source`.
  public init(
    name: String, value: String, source: String? = nil, isAssumption: Bool = false,
    share: Double? = nil
  ) {
    self.name = name
    self.value = value
    self.source = source
    self.isAssumption = isAssumption
    self.share = share
  }
}
