import Checkpoints
import Files
import Folders
import MobileNet

/// The plan of an atlas: a network and its layers, the images, and this shard's share of them.
///
/// Equal plans give equal atlases, and so do all shards of a plan together.
public struct AtlasPlan: Codable, Equatable, Sendable {
  /// A layer of the plan.
  public struct LayerEntry: Codable, Equatable, Sendable {
    /// The name of the layer.
    public let name: String
    /// The position in the network, from 0.
    public let position: Int
    /// The rows of the output.
    public let height: Int
    /// The columns of the output.
    public let width: Int
    /// The channels of the output.
    public let channels: Int
    /// The side of the receptive field, in pixels of the input.
    public let fieldSide: Int
    /// The distance between the receptive fields of neighbouring values, in pixels of the input.
    public let fieldStep: Int
    /// The first row of the first value's receptive field; negative where it covers padding.
    public let fieldStart: Int
    /// The first column of that field; nil if it equals the first row.
    public let fieldStartColumn: Int?
  }

  /// The name of the network.
  public let network: String
  /// `Checkpoint.digest()` of the network.
  public let digest: String
  /// The rows and columns of the input.
  public let resolution: Resolution
  /// The layers, in the network's order.
  public let layers: [LayerEntry]
  /// The maximum number of images kept per channel.
  public let top: Int
  /// The images' paths, relative to their folder, in order.
  public let images: [String]
  /// The names of the classes, in order; empty if the images have none.
  public let classes: [String]
  /// The class of each image; empty without classes.
  public let labels: [Int]
  /// Whether the mean of every channel on every image is kept.
  public let keepsMeans: Bool
  /// The index of this shard, from 0.
  public internal(set) var shard: Int
  /// The number of shards that the images are dealt out to.
  public internal(set) var shards: Int

  /// Plans an atlas of the layers at `positions` of `network` over `images`; `names` are the
  /// images' classes, if they have any.
  public init(
    _ network: Network, positions: [Int], images: [String], names: [String]?, top: Int,
    keepsMeans: Bool = false, shard: Int = 0, of shards: Int = 1
  ) {
    self.network = network.checkpoint.name
    digest = network.checkpoint.digest()
    resolution = network.resolution
    let fields = network.layers.receptiveFields()
    layers = positions.map { position in
      let (layer, shape) = (network.layers[position], network.layers[position].output)
      let field = fields[position]
      return LayerEntry(
        name: layer.name, position: position, height: shape.height, width: shape.width,
        channels: shape.channels, fieldSide: field.side, fieldStep: field.step,
        fieldStart: -field.before.above,
        fieldStartColumn: field.before.left == field.before.above ? nil : -field.before.left)
    }
    self.top = min(top, images.count)
    self.images = images
    let classes = Set(names ?? []).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let indices = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
    self.classes = classes
    labels = (names ?? []).compactMap { indices[$0] }
    self.keepsMeans = keepsMeans
    self.shard = shard
    self.shards = shards
  }

  /// The number of channels in all layers.
  public var channels: Int { layers.reduce(0) { $0 + $1.channels } }

  /// Whether every channel's mean on every image is needed to finish the atlas.
  var needsValues: Bool { keepsMeans || !classes.isEmpty }

  /// The index of each layer's first channel among all channels.
  var firstChannels: [Int] {
    var end = 0
    return layers.map { layer in
      defer { end += layer.channels }
      return end
    }
  }

  /// The indices of this shard's images: every n-th one for n shards.
  public var share: [Int] { Array(stride(from: shard, to: images.count, by: shards)) }

  /// The plan with all images in a single shard.
  var whole: AtlasPlan {
    var plan = self
    (plan.shard, plan.shards) = (0, 1)
    return plan
  }

  /// Returns the difference from `other` in a few words; nil if both are parts of the same plan.
  func difference(from other: AtlasPlan) -> String? {
    if digest != other.digest {
      return "of another network (\(other.network) \(other.digest.prefix(12)), not \(network) "
        + "\(digest.prefix(12)))"
    }
    if resolution != other.resolution { return "at \(other.resolution), not \(resolution)" }
    if layers != other.layers { return "of other layers" }
    if images != other.images { return "of other images" }
    if classes != other.classes || labels != other.labels { return "of other classes" }
    if keepsMeans != other.keepsMeans {
      return other.keepsMeans ? "with the means of each image" : "without the means of each image"
    }
    if top != other.top { return "with other top images for a channel" }
    if shards != other.shards { return "one of \(other.shards) shards, not \(shards)" }
    return nil
  }
}
