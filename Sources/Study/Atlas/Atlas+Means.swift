import Checkpoints
import Kernels

/// The mean of every channel on every image, which an atlas keeps on demand.
extension Atlas {
  /// Whether the atlas keeps the means.
  public var keepsMeans: Bool { file.has(summary.meansEntry.name) }

  /// Throws unless the atlas keeps the means.
  public func requireMeans() throws(AtlasError) {
    guard keepsMeans else {
      throw .kind(
        path, expected: "an atlas with the means of each image, which --image-means keeps")
    }
  }

  /// Returns the means of all channels on the image at an index, layer by layer, in half precision.
  ///
  /// An image that was left out has zeros.
  func means(ofImage image: Int) throws(AtlasError) -> [Float] {
    let entry = summary.meansEntry
    do {
      let halves: [UInt16] = try file.row(image, of: entry.name, shape: entry.shape)
      return halves.withUnsafeBytes { HalfPrecision.floats($0) }
    } catch {
      throw .unreadable(path, reason: "\(error)")
    }
  }
}

extension Atlas.Summary {
  /// The array of all means in the file: images × channels of all layers.
  var meansEntry: ArrayFile.Entry {
    ArrayFile.Entry(
      "image.mean", .float16, [images.count, layers.reduce(0) { $0 + $1.channels }])
  }
}
