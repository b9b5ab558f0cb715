import MobileNet

/// A checkpoint at one resolution: what the screens know of the network before any photo.
public struct Model: Sendable {
  /// The weights and what is known about them.
  public let checkpoint: Checkpoint
  /// The name or the path that the checkpoint was found by.
  public let source: String
  /// What the person says of it in place of what its file says.
  public let said: Said
  /// The input side.
  public let resolution: Resolution
  /// The layers at that resolution.
  public let layers: [Layer]
  /// What each layer's cells see of the input.
  public let fields: [ReceptiveField]

  /// Describes `checkpoint`, found by the name or path `source` and read as the person said, at
  /// `resolution`.
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
