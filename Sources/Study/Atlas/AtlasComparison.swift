/// The channels of one network that respond like a channel of another: their means rise and fall
/// together from image to image.
public struct AtlasComparison: Sendable {
  /// A channel and its correlation with the given one.
  public struct Match: Equatable, Encodable, Sendable {
    /// The layer's name.
    public let layer: String
    /// The channel.
    public let channel: Int
    /// Pearson's correlation of both means over the images, −1…1.
    public let correlation: Double
  }

  /// The number of images in both atlases.
  public let images: Int
  /// The channels whose means vary, the most correlated first; among equals, by layer and channel.
  public let matches: [Match]

  /// The minimum number of images for a correlation.
  private static let fewest = 3

  /// Compares a channel of `layer` in `first` with all channels of `second`, over the images with
  /// the same path in both.
  ///
  /// Throws an `AtlasError` if either keeps no means, if they have fewer than three images in
  /// common, or if the channel has the same mean on all of them.
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
        // Below this, the variance is the rounding error of equal numbers.
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

  /// Returns the indices of the images that both atlases have and could use.
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
