import Checkpoints
import Files
import Folders
import MobileNet

/// What an atlas is made of: which images, which layers of which network, and which share of them.
///
/// Two runs of the same plan come to the same, and so do its shards together.
public struct AtlasPlan: Codable, Equatable, Sendable {
  /// One of the layers.
  public struct LayerEntry: Codable, Equatable, Sendable {
    /// Its name.
    public let name: String
    /// Its place in the network, from 0.
    public let position: Int
    /// The rows of its output.
    public let height: Int
    /// The columns of its output.
    public let width: Int
    /// The channels of its output.
    public let channels: Int
    /// The side of the square of input pixels that a value sees.
    public let fieldSide: Int
    /// The input pixels between the squares of neighbouring values.
    public let fieldStep: Int
    /// The first row of the square of the first value; negative where it sees padding.
    public let fieldStart: Int
    /// The first column, where it is another number.
    public let fieldStartColumn: Int?
  }

  /// What the network is called.
  public let network: String
  /// `Checkpoint.digest()` of the network.
  public let digest: String
  /// The input side.
  public let resolution: Resolution
  /// The layers, in the network's order.
  public let layers: [LayerEntry]
  /// The most images that are kept for a channel.
  public let top: Int
  /// The images' paths, relative to their folder, in order.
  public let images: [String]
  /// The names of the classes, in order; none where nobody said what the images show.
  public let classes: [String]
  /// The class of each image; none without classes.
  public let labels: [Int]
  /// Whether the mean of every channel on every image is kept.
  public let keepsMeans: Bool
  /// Which shard this is, from 0.
  public internal(set) var shard: Int
  /// Into how many shards the images are dealt out.
  public internal(set) var shards: Int

  /// Plans an atlas of the layers at `positions` of `network` over `images`, with `names` of their
  /// classes if they have any.
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

  /// The channels of all layers.
  public var channels: Int { layers.reduce(0) { $0 + $1.channels } }

  /// Whether every channel's mean on every image is needed in the end.
  var needsValues: Bool { keepsMeans || !classes.isEmpty }

  /// The first channel of each layer among those of all.
  var firstChannels: [Int] {
    var end = 0
    return layers.map { layer in
      defer { end += layer.channels }
      return end
    }
  }

  /// The images of this shard, by their places in `images`: every so many one.
  public var share: [Int] { Array(stride(from: shard, to: images.count, by: shards)) }

  /// The same plan for all images.
  var whole: AtlasPlan {
    var plan = self
    (plan.shard, plan.shards) = (0, 1)
    return plan
  }

  /// What tells this plan from `other`, in a few words; nil when both are parts of the same.
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
