import MobileNet

/// A checkpoint, and how it came about.
public struct ImportedCheckpoint: Sendable {
  /// What its file says beside the weights.
  public let outline: CheckpointOutline
  /// What was read.
  public let checkpoint: Checkpoint

  /// The format of the file.
  public var format: String { outline.format }
  /// What each fact about it is based on.
  public var sources: Sources { outline.sources }

  /// What each fact about a checkpoint is based on.
  public struct Sources: Hashable, Sendable {
    /// α, the number of layers and the number of classes.
    public let architecture: Source
    /// What makes answers of the classifier's numbers; nil when there is no classifier.
    public let head: Source?
    /// Where stride-2 layers begin.
    public let padding: Source
    /// The activation function behind every convolution.
    public let activation: Source
    /// How pixels become the input.
    public let preprocessing: Source
    /// Which part of a picture is looked at.
    public let crop: Source
    /// The input side to use.
    public let resolution: Source
    /// The names of the classes; nil when there are none.
    public let labels: Source?
  }
}
