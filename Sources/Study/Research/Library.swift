import Comparison
import Learning
import Lessons
import MobileNet

/// Where checkpoints are found by name or path, and what is said of them without running them.
public protocol Library: Sendable {
  /// The names of the checkpoints that come with the program, the widest first.
  var bundledNames: [String] { get }
  /// The checkpoints that have a name.
  var choices: [WeightsChoice] { get }
  /// Reads the checkpoint called `name`, or at that path, as the person says.
  func checkpoint(_ name: String, said: Said) throws -> Checkpoint
  /// What the checkpoint called `name`, or at that path, is.
  func facts(of name: String) throws -> [WeightsFact]
  /// How often `model` is right over many photos in floats, and as integers; nil where nobody measured
  /// that.
  func integerAccuracy(of model: Model) -> IntegerAccuracy?
  /// Whether what lies at `path` may be a checkpoint, by its name and the first bytes at most.
  func mayRead(path: String) -> Bool
  /// Where the bundled image called `name` is.
  func samplePath(_ name: String) throws -> String
  /// What the channels of a network did over many images: the atlas at `path`, if that is of this
  /// network, or else one that lies beside the weights or comes with the program; nil for none.
  func atlas(of model: Model, path: String?) throws -> ChannelAtlas?
  /// Makes an atlas of a network over the images in a folder; answers with its path.
  ///
  /// `progress` hears how many images are done, of how many, and throws where nobody wants more: what
  /// was done is kept for the next time.
  func makeAtlas(
    of model: Model, folder: String, threads: Int?, progress: (Int, Int) throws -> Void
  ) throws -> String
  /// The channels of the atlas at `other` that go most with a channel of the layer called `layer` in that
  /// at `atlas`, so many at most.
  func channels(
    of other: String, like channel: Int, of layer: String, in atlas: String, most: Int
  ) throws -> ChannelMatches
  /// Writes what was learned to a file that can be taken as any checkpoint.
  func write(_ learned: Learned, to path: String) throws
}

/// A checkpoint that can be taken.
public struct WeightsChoice: Equatable, Sendable {
  /// What it is called, and what loads it.
  public let name: String
  /// Where it is from: bundled, fetched, a file.
  public let origin: String

  /// Whether it comes with the program; such weights serve every input side.
  public var isBundled: Bool { origin == Self.bundled }

  /// The origin of weights that come with the program.
  public static let bundled = "bundled"

  /// Names a checkpoint.
  public init(name: String, origin: String) {
    self.name = name
    self.origin = origin
  }
}

/// One thing that is known about a checkpoint.
public struct WeightsFact: Equatable, Sendable {
  /// What it is about; empty for a line under the one before.
  public let name: String
  /// What there is to say.
  public let value: String
  /// Who says so; nil where it is counted or says so itself.
  public let source: String?
  /// Whether that is somebody else than the file, so that the person must know.
  public let isAssumption: Bool

  /// Says `value` about `name`, as `source` has it.
  public init(name: String, value: String, source: String? = nil, isAssumption: Bool = false) {
    self.name = name
    self.value = value
    self.source = source
    self.isAssumption = isAssumption
  }
}
