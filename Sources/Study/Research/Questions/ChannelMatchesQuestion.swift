/// The channels of another network that respond like a given channel.
public struct ChannelMatchesQuestion: Question {
  /// The work reads all of two files.
  public static let lane = Lane.measure
  /// The question concerns no frame of a stream.
  public static let holdsFrame = false
  /// The answer is small and slow to compute.
  public static let isKept = true
  /// The maximum number of channels found.
  public static let most = 12
  /// The path of the network's atlas.
  private let atlas: String
  /// The path of the other network's atlas.
  private let other: String
  private let layer: String
  private let channel: Int

  /// Asks about a channel of the layer called `layer`; both atlases must keep the means of each
  /// image.
  public init(_ channel: Int, of layer: String, in atlas: String, among other: String) {
    self.atlas = atlas
    self.other = other
    self.layer = layer
    self.channel = channel
  }

  /// Reads both atlases.
  public func answer(
    _ researcher: Researcher, report: (ChannelMatches) throws -> Void
  ) throws -> ChannelMatches {
    try researcher.checkCancellation()
    return try researcher.library.channels(
      of: other, like: channel, of: layer, in: atlas, most: Self.most)
  }
}
