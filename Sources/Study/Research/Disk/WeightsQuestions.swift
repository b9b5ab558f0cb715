import MobileNet

/// The checkpoints that have a name.
public struct ChoicesQuestion: Question {
  /// Reads the disk.
  public static let lane = Lane.disk

  /// Asks for them.
  public init() {}

  /// Asks the library.
  public func answer(
    _ researcher: Researcher, report: ([WeightsChoice]) throws -> Void
  ) -> [WeightsChoice] {
    researcher.library.choices
  }
}

/// What a checkpoint is.
public struct FactsQuestion: Question {
  /// What is known about a checkpoint.
  public enum Answer: Equatable, Sendable {
    /// What it is and where that is from, one thing after another.
    case known([WeightsFact])
    /// A line on why it can't be used.
    case problem(String)
  }

  /// Reads the disk.
  public static let lane = Lane.disk
  /// Its name, or its path.
  public let name: String
  /// The input that it is asked about; nil is its own.
  public let resolution: Resolution?

  /// Asks about the checkpoint called `name` at `resolution`.
  public init(_ name: String, at resolution: Resolution? = nil) {
    self.name = name
    self.resolution = resolution
  }

  /// What holds at another resolution is shown until it is known at this one.
  public func replaces(_ older: FactsQuestion) -> Bool { name == older.name }

  /// Asks the library for the outline, which is read without the weights.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) -> Answer {
    do {
      return .known(try researcher.library.facts(of: name, at: resolution))
    } catch {
      return .problem("\(error)")
    }
  }
}

/// What there is to see of a checkpoint before it is taken.
public struct CheckpointContents: Sendable {
  private let architecture: Architecture
  private let resolution: Resolution
  /// The weights of its first layer, which reads the colours.
  public let stem: LayerWeights
  /// The order in which it is fed colours.
  public let channelOrder: Preprocessing.ChannelOrder
  /// The names of its classes.
  public let labels: [String]

  /// Looks at `checkpoint`; nil where its first layer has no weights.
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

/// What is in a checkpoint.
public struct ContentsQuestion: Question {
  /// Reads the disk.
  public static let lane = Lane.disk
  /// Its name, or its path.
  public let name: String

  /// Asks about the checkpoint called `name`.
  public init(_ name: String) { self.name = name }

  /// Reads the checkpoint; nil where it can't be read, which its facts say.
  public func answer(
    _ researcher: Researcher, report: (CheckpointContents?) throws -> Void
  ) -> CheckpointContents? {
    (try? researcher.library.checkpoint(name, said: [:])).flatMap { CheckpointContents($0) }
  }
}
