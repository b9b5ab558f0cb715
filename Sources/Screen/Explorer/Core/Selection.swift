import MobileNet

/// What a person looks at: a layer, and in each layer a channel.
public struct Selection: Equatable, Sendable {
  /// The selected layer, counted from 0.
  public var layer = 0
  /// The channel last looked at, by layer name, for layers where somebody chose one.
  public var chosenChannels: [String: Int] = [:]

  /// Begins at the first layer.
  public init() {}

  /// The layer of the same name in another network, or the first; the channels of separately trained
  /// networks have nothing to do with each other.
  func carried(from last: [Layer], to layers: [Layer]) -> Selection {
    let name = last[layer].name
    var selection = Selection()
    selection.layer = layers.firstIndex { $0.name == name } ?? 0
    return selection
  }
}
