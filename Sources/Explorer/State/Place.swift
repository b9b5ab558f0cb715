import MobileNet

/// Where a person is: a layer, and in each layer a channel.
public struct Place: Equatable, Sendable {
  /// The selected layer, counted from 0.
  public var layer = 0
  /// The channel last looked at, by layer name, for layers where somebody chose one.
  public var chosenChannels: [String: Int] = [:]

  /// Begins at the first layer.
  public init() {}
}
