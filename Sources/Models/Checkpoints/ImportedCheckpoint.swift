import MobileNet

/// A checkpoint with the sources of its facts.
public struct ImportedCheckpoint: Sendable {
  /// The facts that the file states beside the weights.
  public let outline: CheckpointOutline
  /// The checkpoint itself.
  public let checkpoint: Checkpoint

  /// The format of the file.
  public var format: String { outline.format }
  /// The source of each fact about the checkpoint.
  public var sources: Sources { outline.sources }

  /// The source of each fact about a checkpoint.
  public struct Sources: Hashable, Sendable {
    /// α, the number of layers and the number of classes.
    public let architecture: Source
    /// The function that turns the classes' sums into probabilities; nil without a classifier.
    public let head: Source?
    /// The padding of the stride-2 layers.
    public let padding: Source
    /// The activation function behind every convolution.
    public let activation: Source
    /// The steps from pixels to the network's input.
    public let preprocessing: Source
    /// The part of a picture that is used.
    public let crop: Source
    /// The rows and columns of the input.
    public let resolution: Source
    /// The labels; nil when there are none.
    public let labels: Source?
  }
}
