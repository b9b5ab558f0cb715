import Atlas
import Checkpoints
import Files
import Folders
import Foundation
import MobileNet
import Research
import Weights

/// Finds, makes and compares atlases: what a network's channels respond to over many images.
public enum AtlasCatalogue {
  /// Returns the atlas of `model`: the one at `path` if that is of this network, or else one that
  /// lies beside the weights, as mine.atlas.safetensors beside mine.safetensors, or comes with the
  /// program; nil if there is none.
  static func atlas(of model: Model, path: String?) throws(AtlasError) -> ChannelAtlas? {
    let beside = (model.source as NSString).deletingPathExtension + ".atlas.safetensors"
    let bundled = BundledWeights.named(model.source)?.atlasPath
    let paths = [path, bundled ?? beside].compactMap(\.self).filter {
      FileManager.default.fileExists(atPath: $0)
    }
    guard !paths.isEmpty else { return nil }
    let digest = model.checkpoint.digest()
    for path in paths {
      let atlas = try Atlas(path: path)
      guard atlas.summary.digest == digest else { continue }
      return try ChannelAtlas(atlas, model.checkpoint, source: path)
    }
    return nil
  }

  /// Makes an atlas of `model` over the images in `folder`, or finds an earlier one; returns its
  /// path in $XDG_STATE_HOME/mobilenet-explorer/atlases.
  static func make(
    of model: Model, folder: String, threads: Int?, progress: (Int, Int) throws -> Void
  ) throws -> String {
    let walk = try ImageWalk(
      model.checkpoint, resolution: model.resolution,
      threads: threads ?? Network.defaultImageThreads)
    let images = try ImageFolder(folder).images
    let isSorted = images.allSatisfy { $0.contains("/") }
    let network = walk.networks[0]
    let plan = AtlasPlan(
      network, positions: Array(network.layers.indices), images: images,
      names: isSorted ? images.map { String($0.prefix { $0 != "/" }) } : nil, top: 16)
    let path = try place(of: plan, folder)
    if let made = try? Atlas(path: path), made.summary.images == images { return path }
    try AtlasErrand(plan, walk: walk, folder: folder, output: path).run(progress: progress)
    return path
  }

  /// Returns the path for the atlas of a network over a folder.
  private static func place(of plan: AtlasPlan, _ folder: String) throws -> String {
    let whole = URL(fileURLWithPath: folder).standardizedFileURL.path
    let name = SHA256.digits(of: "\(plan.digest) \(plan.resolution) \(whole)".utf8)
    let base = UserFolder.state.path() + "/atlases"
    try FileManager.default.createDirectory(atPath: base, withIntermediateDirectories: true)
    let folderName = (whole as NSString).lastPathComponent.filter {
      $0.isLetter || $0.isNumber || "-_".contains($0)
    }.prefix(24)
    return base + "/\(folderName)-\(name.prefix(8)).atlas.safetensors"
  }

  /// Returns the channels of the atlas at `other` that correlate most with a channel of the one at
  /// `path`.
  static func channels(
    of other: String, like channel: Int, of layer: String, in path: String, most: Int
  ) throws(AtlasError) -> ChannelMatches {
    let (first, second) = (try Atlas(path: path), try Atlas(path: other))
    guard let entry = first.layer(layer) else {
      return ChannelMatches(network: second.summary.network, images: 0, found: [])
    }
    let comparison = try AtlasComparison(first, layer: entry, channel: channel, with: second)
    return ChannelMatches(
      network: second.summary.network, images: comparison.images,
      found: comparison.matches.prefix(most).map {
        .init(layer: $0.layer, channel: $0.channel, correlation: $0.correlation)
      })
  }

  /// Throws unless the file at `path` is an atlas that keeps the means of each image.
  public static func requireMeans(_ path: String) throws(AtlasError) {
    try Atlas(path: path).requireMeans()
  }

  /// Throws unless the file at `path` is an atlas of `checkpoint`.
  public static func require(_ path: String, of checkpoint: Checkpoint) throws(AtlasError) {
    try Atlas(path: path).require(digest: checkpoint.digest(), name: checkpoint.name)
  }
}

extension ChannelAtlas {
  /// Converts `atlas`; classes of `checkpoint` get its labels.
  fileprivate init(
    _ atlas: Atlas, _ checkpoint: Checkpoint, source: String
  ) throws(AtlasError) {
    let summary = atlas.summary
    var layers: [String: [Channel]] = [:]
    for layer in summary.layers {
      layers[layer.name] = try atlas.channels(of: layer).map { channel in
        Channel(
          mean: channel.mean, deviation: channel.deviation, zeroShare: channel.zeroShare,
          separates: channel.separates.map { ($0.classIndex, $0.area) },
          strongest: channel.strongest,
          top: channel.top.map {
            Top(
              image: summary.images[$0.image], value: $0.value, row: $0.row, column: $0.column)
          })
      }
    }
    let names = ClassNames(checkpoint)
    self.init(
      source: source, resolution: summary.resolution, imageCount: atlas.imageCount,
      classes: summary.classes.map { names.index(of: $0).map(checkpoint.label) ?? $0 },
      layers: layers)
  }
}
