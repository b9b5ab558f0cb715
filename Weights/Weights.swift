import Files
import Foundation

/// A checkpoint that comes with the program.
public struct BundledWeights: Hashable, Sendable {
  /// What people call it, `mobilenet-0.75` for example.
  public let name: String
  /// Where its file is.
  public let path: String

  /// All of them, the widest first, the deeper of two equally wide ones before the other.
  public static let all: [BundledWeights] = {
    let folder = resources.appendingPathComponent("Files")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".safetensors") }.sorted().reversed().map { file in
      BundledWeights(
        name: String(file.dropLast(".safetensors".count)),
        path: folder.appendingPathComponent(file).path)
    }
  }()

  /// The one called `name`; nil when there is none.
  public static func named(_ name: String) -> BundledWeights? { all.first { $0.name == name } }

  /// Where the atlas that comes with it is: what its channels did over many images.
  public var atlasPath: String {
    Self.resources.appendingPathComponent("Atlases/\(name).safetensors").path
  }

  /// Where the catalogue of checkpoints that others publish is.
  public static var publishedPath: String {
    resources.appendingPathComponent("published.json").path
  }

  /// The folder that all of it is in.
  public static var resources: URL { ResourceFolder.of("Weights", source: #filePath) }
}
