import Foundation
import Images
import MobileNet
import Samples
import Tensors

/// A hundred photos and more, the same in every run: parts of the samples, and the photos of the folder
/// that MOBILENET_PHOTOS names, where it names one.
enum ManyPhotos {
  /// The parts of a photo: the whole, its quarters, its middle, and more of that.
  private static let parts: [(x: Double, y: Double, size: Double)] = [
    (0, 0, 1), (0, 0, 0.5), (0.5, 0, 0.5), (0, 0.5, 0.5), (0.5, 0.5, 0.5), (0.25, 0.25, 0.5),
    (0.125, 0.125, 0.75),
  ]

  /// The files of the folder.
  static let own: [String] = {
    let folder = ProcessInfo.processInfo.environment["MOBILENET_PHOTOS"] ?? ""
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".jpg") }.sorted().map { "\(folder)/\($0)" }
  }()

  /// The input of a network with `checkpoint` for each at `side`.
  static func inputs(of checkpoint: Checkpoint, side: Int) throws -> [Tensor] {
    try (BundledSample.all.map(\.path) + own).flatMap { path in
      let image = try DecodedImage(contentsOf: path)
      let (width, height) = (Double(image.width), Double(image.height))
      return parts.map { part in
        checkpoint.preprocessing.tensor(
          of: image.resized(
            width: side, height: side,
            box: Box(
              left: part.x * width, top: part.y * height, right: (part.x + part.size) * width,
              bottom: (part.y + part.size) * height)))
      }
    }
  }
}
