import MobileNet

/// A checkpoint at one resolution: what the screens know of the network before any photo.
public struct Model: Sendable {
  /// The weights and what is known about them.
  public let checkpoint: Checkpoint
  /// The name or the path that the checkpoint was found by.
  public let source: String
  /// The input side.
  public let resolution: Int
  /// The layers at that resolution.
  public let layers: [Layer]
  /// What each layer's cells see of the input.
  public let fields: [ReceptiveField]

  /// Describes `checkpoint`, found by the name or path `source`, at `resolution`.
  public init(checkpoint: Checkpoint, source: String = "", resolution: Int) {
    self.source = source
    self.checkpoint = checkpoint.calibrated(for: resolution)
    self.resolution = resolution
    layers = checkpoint.architecture.layers(resolution: resolution)
    fields = layers.receptiveFields()
  }
}
