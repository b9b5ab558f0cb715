import Checkpoints
import Foundation
import MobileNet
import Weights

/// Finds checkpoints by what a person calls them: a bundled name, or a path.
public enum WeightsCatalogue {
  /// What is used when nobody asks for something else.
  public static let defaultName = "mobilenet-1.0"

  /// The bundled names, the widest first.
  public static var names: [String] { BundledWeights.all.map(\.name) }

  /// Reads the checkpoint called `name`, or the file or folder at that path.
  public static func checkpoint(_ name: String) throws(CatalogueError) -> Checkpoint {
    try inspect(name).checkpoint
  }

  /// Reads the checkpoint called `name`, or at that path, and says where each fact came from.
  public static func inspect(_ name: String) throws(CatalogueError) -> ImportedCheckpoint {
    let path = try path(of: name)
    do {
      return try CheckpointReader.inspect(path: path)
    } catch {
      throw .unusable("\(error)")
    }
  }

  /// The file of the checkpoint called `name`, or `name` itself if it is a path.
  public static func path(of name: String) throws(CatalogueError) -> String {
    if let bundled = BundledWeights.named(name) { return bundled.path }
    guard FileManager.default.fileExists(atPath: name) else {
      throw .unknownWeights(name, known: names)
    }
    guard FileManager.default.isReadableFile(atPath: name) else { throw .forbidden(name) }
    return name
  }
}
