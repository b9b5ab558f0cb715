import Files
import Foundation

/// A checkpoint that comes with the program.
public struct BundledWeights: Hashable, Sendable {
  /// What people call it, `mobilenet-0.75` for example.
  public let name: String
  /// Where its file is.
  public let path: String
  /// Where the atlas that comes with it is: what its channels did over many images.
  public let atlasPath: String

  /// Those of floats, the widest first, the deeper of two equally wide ones before the other.
  public static let all: [BundledWeights] = {
    let folder = resources.appendingPathComponent("Files")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".safetensors") }.sorted().reversed().map { file in
      BundledWeights(
        name: String(file.dropLast(".safetensors".count)),
        path: folder.appendingPathComponent(file).path,
        atlasPath: resources.appendingPathComponent("Atlases/\(file)").path)
    }
  }()

  /// Those of integers, in the order of the floats that they are made of: a scale for each channel, then
  /// one for each layer.
  public static let quantized: [BundledWeights] = all.flatMap { floats in
    ["int8", "int8-tensor"].compactMap { ending in
      let name = "\(floats.name)-\(ending)"
      let path = resources.appendingPathComponent("Files/\(name).json").path
      guard FileManager.default.fileExists(atPath: path) else { return nil }
      return BundledWeights(name: name, path: path, atlasPath: floats.atlasPath)
    }
  }

  /// The one called `name`; nil when there is none.
  public static func named(_ name: String) -> BundledWeights? {
    (all + quantized).first { $0.name == name }
  }

  /// Where the catalogue of checkpoints that others publish is.
  public static var publishedPath: String {
    resources.appendingPathComponent("published.json").path
  }

  /// The folder that all of it is in.
  public static var resources: URL { ResourceFolder.of("Weights", source: #filePath) }
}
