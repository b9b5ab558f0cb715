/// The channels of another network that answer to what a channel answers to.
public struct ChannelMatches: Equatable, Sendable {
  /// One of them.
  public struct Match: Equatable, Sendable {
    /// The layer's name.
    public let layer: String
    /// The channel.
    public let channel: Int
    /// How its mean goes with the other's from image to image: Pearson's correlation, −1…1.
    public let correlation: Double

    /// States how a channel goes with another.
    public init(layer: String, channel: Int, correlation: Double) {
      self.layer = layer
      self.channel = channel
      self.correlation = correlation
    }
  }

  /// What the other network is called.
  public let network: String
  /// The images that both were looked at over.
  public let images: Int
  /// The channels, the most correlated first.
  public let found: [Match]

  /// States what was found.
  public init(network: String, images: Int, found: [Match]) {
    self.network = network
    self.images = images
    self.found = found
  }
}
