/// The channels of one network that answer to what a channel of another answers to: those whose mean
/// rises and falls with its mean, from image to image.
public struct AtlasComparison: Sendable {
  /// A channel, and how it goes with the one in question.
  public struct Match: Equatable, Encodable, Sendable {
    /// The layer's name.
    public let layer: String
    /// The channel.
    public let channel: Int
    /// Pearson's correlation of both means over the images, −1…1.
    public let correlation: Double
  }

  /// The images that both atlases have.
  public let images: Int
  /// The channels that are not the same on all of them, the most correlated first; of equals, that of
  /// the earlier layer, and of the lower number.
  public let matches: [Match]

  /// The fewest images that a correlation says something of.
  private static let fewest = 3

  /// Compares a channel of `layer` in `first` with all of `second`, over the images that are called the
  /// same in both.
  ///
  /// Throws where either keeps no means of images, where they have fewer than three in common, and
  /// where the channel is the same on all of them.
  public init(
    _ first: Atlas, layer: AtlasPlan.LayerEntry, channel: Int, with second: Atlas
  ) throws(AtlasError) {
    let pairs = try Self.common(first, second)
    let column = first.summary.layers.prefix { $0 != layer }.reduce(channel) { $0 + $1.channels }
    var own: [Double] = []
    for pair in pairs { own.append(Double(try first.means(ofImage: pair.first)[column])) }
    let mean = own.reduce(0, +) / Double(own.count)
    own = own.map { $0 - mean }
    let spread = own.reduce(0) { $0 + $1 * $1 }
    guard spread > 0 else {
      throw .constant(first.path, layer: layer.name, channel: channel, images: pairs.count)
    }
    let count = second.summary.layers.reduce(0) { $0 + $1.channels }
    var sums = [Double](repeating: 0, count: count)
    var (squares, products) = (sums, sums)
    for (pair, deviation) in zip(pairs, own) {
      let row = try second.means(ofImage: pair.second)
      for index in 0..<count {
        let value = Double(row[index])
        sums[index] += value
        squares[index] += value * value
        products[index] += value * deviation
      }
    }
    images = pairs.count
    var found: [Match] = []
    var index = 0
    for layer in second.summary.layers {
      for channel in 0..<layer.channels {
        let variance = squares[index] - sums[index] * sums[index] / Double(pairs.count)
        // Less than rounding leaves of numbers that are all the same.
        if variance > 1e-12 * squares[index] {
          found.append(
            Match(
              layer: layer.name, channel: channel,
              correlation: products[index] / (spread * variance).squareRoot()))
        }
        index += 1
      }
    }
    matches = found.enumerated().sorted {
      (-$0.element.correlation, $0.offset) < (-$1.element.correlation, $1.offset)
    }.map(\.element)
  }

  /// The places of the images that both have and could use.
  private static func common(
    _ first: Atlas, _ second: Atlas
  ) throws(AtlasError) -> [(first: Int, second: Int)] {
    for atlas in [first, second] { try atlas.requireMeans() }
    let skipped = (first: Set(first.summary.skipped), second: Set(second.summary.skipped))
    let places = Dictionary(
      second.summary.images.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let pairs = first.summary.images.enumerated().compactMap { place, image in
      places[image].map { (first: place, second: $0) }
    }.filter { !skipped.first.contains($0.first) && !skipped.second.contains($0.second) }
    guard pairs.count >= fewest else {
      throw .another(
        second.path,
        difference: "of other images than \(first.path), with \(pairs.count) in common")
    }
    return pairs
  }
}
