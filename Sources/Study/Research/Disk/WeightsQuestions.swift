import MobileNet

/// The checkpoints that can be chosen by name.
public struct ChoicesQuestion: Question {
  /// The work reads the disk.
  public static let lane = Lane.disk

  /// Asks for the named checkpoints.
  public init() {}

  /// Returns the library's choices.
  public func answer(
    _ researcher: Researcher, report: ([WeightsChoice]) throws -> Void
  ) -> [WeightsChoice] {
    researcher.library.choices
  }
}

/// The facts of a checkpoint.
public struct FactsQuestion: Question {
  /// The facts, or the reason why there are none.
  public enum Answer: Equatable, Sendable {
    /// The facts with their sources, in the order in which to show them.
    case known([WeightsFact])
    /// One line that tells why the checkpoint cannot be used.
    case problem(String)
  }

  /// The work reads the disk.
  public static let lane = Lane.disk
  /// The name or the path.
  public let name: String
  /// The input that it is asked about; nil is its own.
  public let resolution: Resolution?

  /// Asks about the checkpoint called `name` at `resolution`.
  public init(_ name: String, at resolution: Resolution? = nil) {
    self.name = name
    self.resolution = resolution
  }

  /// The facts at another resolution are shown until those at this one are known.
  public func replaces(_ older: FactsQuestion) -> Bool { name == older.name }

  /// Reads the facts, which takes no weights.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) -> Answer {
    do {
      return .known(try researcher.library.facts(of: name, at: resolution))
    } catch {
      return .problem("\(error)")
    }
  }
}

/// The contents of a checkpoint that a person sees before choosing it.
public struct CheckpointContents: Sendable {
  private let architecture: Architecture
  /// The resolution of its input.
  public let resolution: Resolution
  /// The weights of its first layer, which reads the colours.
  public let stem: LayerWeights
  /// The order of the input's colour channels.
  public let channelOrder: Preprocessing.ChannelOrder
  /// The names of the classes.
  public let labels: [String]

  /// Reads `checkpoint`; nil if its first layer has no weights.
  public init?(_ checkpoint: Checkpoint) {
    architecture = checkpoint.architecture
    resolution = checkpoint.resolution
    let layers = architecture.layers(resolution: resolution)
    guard let first = layers.first, let stem = checkpoint.weights(of: first) else { return nil }
    self.stem = stem
    channelOrder = checkpoint.preprocessing.channelOrder
    labels = checkpoint.labels
  }

  /// Its layers at `resolution`; nil is its own.
  public func layers(at resolution: Resolution?) -> [Layer] {
    architecture.layers(resolution: resolution ?? self.resolution)
  }
}

/// The contents of a checkpoint.
public struct ContentsQuestion: Question {
  /// The work reads the disk.
  public static let lane = Lane.disk
  /// The name or the path.
  public let name: String

  /// Asks about the checkpoint called `name`.
  public init(_ name: String) { self.name = name }

  /// Reads the checkpoint; nil if it cannot be read, for which `FactsQuestion` has the reason.
  public func answer(
    _ researcher: Researcher, report: (CheckpointContents?) throws -> Void
  ) -> CheckpointContents? {
    (try? researcher.library.checkpoint(name, said: [:])).flatMap { CheckpointContents($0) }
  }
}
