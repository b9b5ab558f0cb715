import Checkpoints
import Foundation
import MobileNet

/// The responses of a network's channels to many images.
///
/// The file is a safetensors file; .github/ATLAS.md lists its arrays.
public struct Atlas: Sendable {
  /// The value of "format" in the metadata.
  static let format = "mobilenet-explorer atlas"
  static let version = "1"
  /// The quantiles of a channel's largest values that the file keeps.
  public static let levels = [0.05, 0.25, 0.5, 0.75, 0.95]

  /// The description of the whole atlas.
  public struct Summary: Codable, Equatable, Sendable {
    /// The name of the network.
    public let network: String
    /// `Checkpoint.digest()` of the network.
    public let digest: String
    /// The rows and columns of the input.
    public let resolution: Resolution
    /// The layers, in the network's order.
    public let layers: [AtlasPlan.LayerEntry]
    /// The maximum number of images kept per channel; 0 in an atlas without images.
    public let top: Int
    /// The images' paths, relative to their folder.
    public let images: [String]
    /// The indices of the images that could not be used.
    public let skipped: [Int]
    /// The names of the classes; empty if the images have none.
    public let classes: [String]
    /// The class of each image; empty without classes.
    public let labels: [Int]
  }

  /// One of the images to which a channel responded most.
  public struct Top: Equatable, Sendable {
    /// The index of the image in the list.
    public let image: Int
    /// The channel's largest value on the image.
    public let value: Float
    /// The row of that value.
    public let row: Int
    /// The column of that value.
    public let column: Int
  }

  /// The responses of one channel.
  public struct Channel: Equatable, Sendable {
    /// The images to which the channel responded most, the strongest response first.
    public let top: [Top]
    /// The mean of all values.
    public let mean: Float
    /// The variance of all values; nil in an atlas without images.
    public let variance: Float?
    /// The share of all values that is zero, 0…1.
    public let zeroShare: Float
    /// The standard deviation of the channel's mean from image to image.
    public let deviation: Float
    /// The quantiles, at `levels`, of the largest value on an image; empty in an atlas without
    /// images.
    public let quantiles: [Float]
    /// The mean for each class; empty without classes or in an atlas without images.
    public let classMeans: [Float]
    /// The classes with the largest means, the largest first, at most three.
    public let strongest: [Int]
    /// The class that the channel separates best; nil without classes.
    public let separates: Separation?

    /// Returns the distance of `mean`, the channel's mean on an image, from the usual one, in
    /// deviations; nil if the deviation is 0.
    public func score(ofMean mean: Float) -> Float? {
      deviation > 0 ? (mean - self.mean) / deviation : nil
    }
  }

  /// The description of the whole atlas.
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

  /// Throws unless the atlas is of the network with `digest`.
  public func require(digest: String, name: String) throws(AtlasError) {
    guard summary.digest == digest else {
      let digests = (summary.digest.prefix(12), digest.prefix(12))
      throw .another(
        path,
        difference: summary.network == name
          ? "an atlas of \(name) with another preprocessing or other weights (\(digests.0), here "
            + "\(digests.1))"
          : "an atlas of \(summary.network) (\(digests.0)), not of \(name) (\(digests.1))")
    }
  }

  /// A sentence where the atlas was made at another resolution than `other`, at which channels respond
  /// otherwise; nil at the same.
  public func difference(from other: Resolution) -> String? {
    summary.resolution == other
      ? nil : "the atlas was made at \(summary.resolution), and this is \(other)"
  }

  /// The number of images that the atlas was made from.
  public var imageCount: Int {
    file.metadata["images used"].flatMap { Int($0) } ?? summary.images.count
  }

  /// Returns the channels of `layer`, in order.
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

  /// The maximum number of classes that are listed as a channel's strongest.
  static let mostClasses = 3

  /// Returns the classes with the largest of `means`, the largest first; among equals, the lowest.
  static func strongest(_ means: [Float]) -> [Int] {
    Array(
      means.indices.sorted { (-means[$0], $0) < (-means[$1], $1) }.prefix(mostClasses))
  }

  /// Returns the layer called `name`; nil if the atlas has none.
  public func layer(_ name: String) -> AtlasPlan.LayerEntry? {
    summary.layers.first { $0.name == name }
  }
}
