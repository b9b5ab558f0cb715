/// The extent of an activation: height × width × channels, channels varying fastest in memory.
public struct Shape: Hashable, Sendable, CustomStringConvertible {
  /// The number of rows.
  public var height: Int
  /// The number of columns.
  public var width: Int
  /// The number of values at each place.
  public var channels: Int

  /// Creates a shape of `height` rows, `width` columns and `channels` values at each place.
  public init(height: Int, width: Int, channels: Int) {
    self.height = height
    self.width = width
    self.channels = channels
  }

  /// Creates a square shape.
  public init(side: Int, channels: Int) {
    self.init(height: side, width: side, channels: channels)
  }

  /// The number of values.
  public var count: Int { height * width * channels }

  /// The number of places, each of which holds one value per channel.
  public var places: Int { height * width }

  /// The shape as people write it: `112×112×32`, or `1000` where there is a single place.
  public var description: String {
    places == 1 ? "\(channels)" : "\(height)×\(width)×\(channels)"
  }
}
