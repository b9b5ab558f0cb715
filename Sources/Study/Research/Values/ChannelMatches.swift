/// The channels of another network that respond like a given channel.
public struct ChannelMatches: Equatable, Sendable {
  /// A channel and its correlation with the given one.
  public struct Match: Equatable, Sendable {
    /// The layer's name.
    public let layer: String
    /// The channel.
    public let channel: Int
    /// Pearson's correlation of both channels' means from image to image, −1…1.
    public let correlation: Double

    /// Creates a match.
    public init(layer: String, channel: Int, correlation: Double) {
      self.layer = layer
      self.channel = channel
      self.correlation = correlation
    }
  }

  /// The name of the other network.
  public let network: String
  /// The number of images in both atlases.
  public let images: Int
  /// The channels, the most correlated first.
  public let found: [Match]

  /// Creates the matches.
  public init(network: String, images: Int, found: [Match]) {
    self.network = network
    self.images = images
    self.found = found
  }
}
