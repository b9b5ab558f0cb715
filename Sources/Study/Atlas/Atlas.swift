import Checkpoints
import Foundation
import MobileNet

/// What the channels of a network respond to, over many images.
///
/// The file is a safetensors file; .github/ATLAS.md lists its arrays.
public struct Atlas: Sendable {
  /// What "format" is in the metadata.
  static let format = "mobilenet-explorer atlas"
  static let version = "1"
  /// The quantiles that are kept of a channel's largest values.
  public static let levels = [0.05, 0.25, 0.5, 0.75, 0.95]

  /// What the file says about all of it.
  public struct Summary: Codable, Equatable, Sendable {
    /// What the network is called.
    public let network: String
    /// `Checkpoint.digest()` of the network.
    public let digest: String
    /// The input side.
    public let resolution: Resolution
    /// The layers, in the network's order.
    public let layers: [AtlasPlan.LayerEntry]
    /// The most images that are kept for a channel; 0 where images were left out.
    public let top: Int
    /// The images' paths, relative to their folder.
    public let images: [String]
    /// Those that could not be used, by place.
    public let skipped: [Int]
    /// The names of the classes; none where nobody said what the images show.
    public let classes: [String]
    /// The class of each image; none without classes.
    public let labels: [Int]
  }

  /// One of the images to which a channel responded most.
  public struct Top: Equatable, Sendable {
    /// The image, by its place in the list.
    public let image: Int
    /// The largest value there.
    public let value: Float
    /// Its row.
    public let row: Int
    /// Its column.
    public let column: Int
  }

  /// What one channel did.
  public struct Channel: Equatable, Sendable {
    /// The images to which it responded most, the strongest first.
    public let top: [Top]
    /// The mean of all its values.
    public let mean: Float
    /// Their variance; nil where images were left out.
    public let variance: Float?
    /// The share of them that is zero, 0…1.
    public let zeroShare: Float
    /// The standard deviation of its mean from image to image.
    public let deviation: Float
    /// The quantiles of its largest value on an image, at `levels`; none where images were left out.
    public let quantiles: [Float]
    /// Its mean for each class; none where images were left out.
    public let classMeans: [Float]
    /// The classes of which its mean is largest, the largest first, three at most.
    public let strongest: [Int]
    /// The class that it separates best; nil without classes.
    public let separates: Separation?

    /// How many deviations `mean`, the channel's mean on an image, is above its usual.
    public func score(ofMean mean: Float) -> Float? {
      deviation > 0 ? (mean - self.mean) / deviation : nil
    }
  }

  /// What the file says about all of it.
  public let summary: Summary
  let file: ArrayFile
  let path: String

  /// Opens the atlas at `path`.
  public init(path: String) throws(AtlasError) {
    self.path = path
    do {
      file = try ArrayFile(path: path)
    } catch {
      throw AtlasError(opening: path, error, expected: "an atlas of this program")
    }
    if file.metadata["format"] == AtlasPart.format {
      let plan = try AtlasPart.plan(of: file, at: path)
      throw .part(path, shard: plan.shard, of: plan.shards)
    }
    guard file.metadata["format"] == Self.format, file.metadata["version"] == Self.version,
      let json = file.metadata["summary"],
      let summary = try? JSONDecoder().decode(Summary.self, from: Data(json.utf8))
    else { throw .kind(path, expected: "an atlas of this program") }
    guard 0...1024 ~= summary.top, summary.layers.areSound(at: summary.resolution, top: summary.top)
    else { throw .kind(path, expected: "a sound atlas") }
    self.summary = summary
  }

  /// Throws unless it is of the network whose digest this is.
  public func require(digest: String, name: String) throws(AtlasError) {
    guard summary.digest == digest else {
      throw .another(
        path,
        difference: "an atlas of \(summary.network) (\(summary.digest.prefix(12))), not of \(name) "
          + "(\(digest.prefix(12)))")
    }
  }

  /// How many images it was made of.
  public var imageCount: Int {
    file.metadata["images used"].flatMap { Int($0) } ?? summary.images.count
  }

  /// What the channels of `layer` did, in order.
  public func channels(of layer: AtlasPlan.LayerEntry) throws(AtlasError) -> [Channel] {
    let (name, count, top) = (layer.name, layer.channels, summary.top)
    let (levels, classes) = (Self.levels.count, summary.classes.count)
    func numbers<Number: BitwiseCopyable & Sendable>(
      _ array: String, _ width: Int? = nil
    ) throws -> [Number] {
      try file.numbers("\(name).\(array)", shape: [count] + (width.map { [$0] } ?? []))
    }
    do {
      let values: [Float] = top == 0 ? [] : try numbers("top.value", top)
      let images: [Int32] = top == 0 ? [] : try numbers("top.image", top)
      let rows: [Int32] = top == 0 ? [] : try numbers("top.row", top)
      let columns: [Int32] = top == 0 ? [] : try numbers("top.column", top)
      let mean: [Float] = try numbers("mean")
      let variance: [Float] = top == 0 ? [] : try numbers("variance")
      let zeros: [Float] = try numbers("zeros")
      let deviation: [Float] = try numbers("deviation")
      let quantiles: [Float] = top == 0 ? [] : try numbers("quantiles", levels)
      let classMeans: [Float] = classes == 0 || top == 0 ? [] : try numbers("class.mean", classes)
      let most = min(Self.mostClasses, classes)
      let strongest: [Int32] = classes > 0 && top == 0 ? try numbers("class.most", most) : []
      let best: [Int32] = classes == 0 ? [] : try numbers("class.best")
      let areas: [Float] = classes == 0 ? [] : try numbers("class.auc")
      guard images.allSatisfy({ $0 < summary.images.count }),
        (best + strongest).allSatisfy({ $0 < classes }), strongest.allSatisfy({ $0 >= 0 })
      else { throw AtlasError.kind(path, expected: "a sound atlas") }
      return (0..<count).map { channel in
        let means =
          classMeans.isEmpty
          ? [] : Array(classMeans[channel * classes..<(channel + 1) * classes])
        return Channel(
          top: (channel * top..<(channel + 1) * top).filter { images[$0] >= 0 }.map {
            Top(
              image: Int(images[$0]), value: values[$0], row: Int(rows[$0]),
              column: Int(columns[$0]))
          },
          mean: mean[channel], variance: top == 0 ? nil : variance[channel],
          zeroShare: zeros[channel], deviation: deviation[channel],
          quantiles: quantiles.isEmpty
            ? [] : Array(quantiles[channel * levels..<(channel + 1) * levels]),
          classMeans: means,
          strongest: strongest.isEmpty
            ? Self.strongest(means)
            : strongest[channel * most..<(channel + 1) * most].map { Int($0) },
          separates: best.isEmpty || best[channel] < 0
            ? nil : Separation(classIndex: Int(best[channel]), area: Double(areas[channel])))
      }
    } catch let error as AtlasError {
      throw error
    } catch {
      throw .unreadable(path, reason: "\(error)")
    }
  }

  /// The most classes of which it is said that a channel's mean is large.
  static let mostClasses = 3

  /// The classes with the largest of `means`, the largest first; of equals, the first.
  static func strongest(_ means: [Float]) -> [Int] {
    Array(
      means.indices.sorted { (-means[$0], $0) < (-means[$1], $1) }.prefix(mostClasses))
  }

  /// The layer called `name`; nil when the atlas has none.
  public func layer(_ name: String) -> AtlasPlan.LayerEntry? {
    summary.layers.first { $0.name == name }
  }
}
