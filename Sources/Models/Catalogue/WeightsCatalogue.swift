import Checkpoints
import Downloads
import Files
import Foundation
import MobileNet
import Weights

/// Finds checkpoints by a bundled or fetched name, or by a path.
public enum WeightsCatalogue {
  /// The name of the default weights.
  public static let defaultName = "mobilenet-1.0"

  /// A checkpoint with a name.
  public struct Entry: Sendable {
    /// The checkpoint's name.
    public let name: String
    /// The path of the checkpoint's file.
    public let path: String
    /// The publisher's entry; nil for a bundled checkpoint.
    public let published: PublishedCheckpoint?
  }

  /// The bundled checkpoints of floats, the widest first.
  public static var bundled: [Entry] {
    BundledWeights.all.map { Entry(name: $0.name, path: $0.path, published: nil) }
  }

  /// The bundled quantised checkpoints, whose integers are made of the bundled floats.
  public static var quantized: [Entry] {
    BundledWeights.quantized.map { Entry(name: $0.name, path: $0.path, published: nil) }
  }

  /// All checkpoints with a name: bundled, then fetched.
  public static var all: [Entry] { bundled + quantized + fetched }

  /// Throws if the bundled checkpoints are missing.
  public static func requireBundled() throws(CatalogueError) {
    if bundled.isEmpty { throw .nothingBundled(folder: BundledWeights.resources.path) }
  }

  /// The names of the bundled checkpoints of floats.
  public static var bundledNames: [String] { bundled.map(\.name) }

  /// The fetched checkpoints.
  public static var fetched: [Entry] { Cache().entries.map(entry) }

  /// Returns the checkpoint called `name`; nil when there is none.
  public static func entry(_ name: String) -> Entry? {
    if let bundled = BundledWeights.named(name) {
      return Entry(name: name, path: bundled.path, published: nil)
    }
    return Cache().entry(name).map(entry)
  }

  /// Returns whether `name` is that of a checkpoint that comes with the program or can be fetched.
  public static func isName(_ name: String) -> Bool {
    entry(name) != nil || (try? PublishedCatalogue.bundled().checkpoint(name)) != nil
  }

  /// Reads the checkpoint called `name`, or the file or folder at that path.
  public static func checkpoint(_ name: String) throws(CatalogueError) -> Checkpoint {
    try inspect(name).checkpoint
  }

  /// Reads the checkpoint called `name`, or at that path, with the source of each fact; `overrides`
  /// replace facts of the file.
  public static func inspect(
    _ name: String, overrides: Overrides = Overrides()
  ) throws(CatalogueError) -> ImportedCheckpoint {
    try read(name, overrides, CheckpointReader.inspect)
  }

  /// Reads the checkpoint called `name` without its weights, which take much longer to read.
  public static func outline(
    _ name: String, overrides: Overrides = Overrides()
  ) throws(CatalogueError) -> CheckpointOutline {
    try read(name, overrides, CheckpointReader.outline)
  }

  private static func read<Result>(
    _ name: String, _ overrides: Overrides,
    _ body: (String, Resolution?, Overrides) throws(CheckpointFileError) -> Result
  ) throws(CatalogueError) -> Result {
    let path = try path(of: name)
    do {
      return try body(path, entry(name)?.published?.resolution, overrides)
    } catch {
      throw error.isMissing ? .missing("\(error)") : .unusable("\(error)")
    }
  }

  /// Returns the path of the checkpoint called `name`, or `name` itself if it is a path.
  public static func path(of name: String) throws(CatalogueError) -> String {
    if let entry = entry(name) { return entry.path }
    guard FileName.kind(at: name) != nil else {
      if isName(name) { throw .notFetched(name) }
      try requireBundled()
      throw .unknownWeights(name, known: all.map(\.name))
    }
    guard access(FileName.bytes(of: name), R_OK) == 0 else { throw .forbidden(name) }
    return name
  }

  private static func entry(_ cached: Cache.Entry) -> Entry {
    Entry(name: cached.published.file.name, path: cached.path, published: cached.published)
  }
}
