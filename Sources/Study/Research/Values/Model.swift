import MobileNet

/// A checkpoint at a resolution, with its layers.
public struct Model: Sendable {
  /// The weights and their facts.
  public let checkpoint: Checkpoint
  /// The name or the path that the checkpoint was found by.
  public let source: String
  /// The person's statements about the checkpoint, which take precedence over the file's.
  public let said: Said
  /// The rows and columns of the input.
  public let resolution: Resolution
  /// The layers at that resolution.
  public let layers: [Layer]
  /// The receptive field of each layer's places.
  public let fields: [ReceptiveField]

  /// Creates a model of `checkpoint`, found by the name or path `source` and read as `said` states,
  /// at `resolution`.
  public init(checkpoint: Checkpoint, source: String = "", said: Said = [:], resolution: Resolution)
  {
    self.source = source
    self.said = said
    self.checkpoint = checkpoint.calibrated(for: resolution)
    self.resolution = resolution
    layers = checkpoint.architecture.layers(resolution: resolution)
    fields = layers.receptiveFields()
  }
}
