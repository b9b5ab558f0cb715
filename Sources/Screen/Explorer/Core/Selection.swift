import MobileNet

/// The layer, and in each layer the channel, that the person looks at.
public struct Selection: Equatable, Sendable {
  /// The selected layer, counted from 0.
  public var layer = 0
  /// The chosen channels, by layer name; layers where nobody chose one are absent.
  public var chosenChannels: [String: Int] = [:]

  /// Selects the first layer.
  public init() {}

  /// Returns the selection of the layer with the same name in another network, or else the first.
  ///
  /// Channels are dropped: those of separately trained networks do not correspond.
  func carried(from last: [Layer], to layers: [Layer]) -> Selection {
    let name = last[layer].name
    var selection = Selection()
    selection.layer = layers.firstIndex { $0.name == name } ?? 0
    return selection
  }
}
