import Checkpoints
import Downloads
import Files
import Foundation
import MobileNet
import Weights

/// Finds checkpoints by what a person calls them: a bundled or fetched name, or a path.
public enum WeightsCatalogue {
  /// What is used when nobody asks for something else.
  public static let defaultName = "mobilenet-1.0"

  /// A checkpoint that has a name.
  public struct Entry: Sendable {
    /// Its name.
    public let name: String
    /// Where its file is.
    public let path: String
    /// What its publisher says about it; nil for a bundled one.
    public let published: PublishedCheckpoint?
  }

  /// The floats that come with the program, the widest first.
  public static var bundled: [Entry] {
    BundledWeights.all.map { Entry(name: $0.name, path: $0.path, published: nil) }
  }

  /// The integers that come with the program, which are made of what is bundled.
  public static var quantized: [Entry] {
    BundledWeights.quantized.map { Entry(name: $0.name, path: $0.path, published: nil) }
  }

  /// All that has a name here: what comes with the program, then what was fetched.
  public static var all: [Entry] { bundled + quantized + fetched }

  /// Throws where what comes with the program is missing.
  public static func requireBundled() throws(CatalogueError) {
    if bundled.isEmpty { throw .nothingBundled(folder: BundledWeights.resources.path) }
  }

  /// The names of the floats that come with the program.
  public static var bundledNames: [String] { bundled.map(\.name) }

  /// What was fetched.
  public static var fetched: [Entry] { Cache().entries.map(entry) }

  /// The checkpoint called `name`; nil when there is none.
  public static func entry(_ name: String) -> Entry? {
    if let bundled = BundledWeights.named(name) {
      return Entry(name: name, path: bundled.path, published: nil)
    }
    return Cache().entry(name).map(entry)
  }

  /// Reads the checkpoint called `name`, or the file or folder at that path.
  public static func checkpoint(_ name: String) throws(CatalogueError) -> Checkpoint {
    try inspect(name).checkpoint
  }

  /// Reads the checkpoint called `name`, or at that path, and says where each fact came from;
  /// `overrides` is what the person says instead.
  public static func inspect(
    _ name: String, overrides: Overrides = Overrides()
  ) throws(CatalogueError) -> ImportedCheckpoint {
    try read(name, overrides, CheckpointReader.inspect)
  }

  /// What the checkpoint called `name` is, without its weights, which take much longer to read.
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
      throw .unusable("\(error)")
    }
  }

  /// The file of the checkpoint called `name`, or `name` itself if it is a path.
  public static func path(of name: String) throws(CatalogueError) -> String {
    if let entry = entry(name) { return entry.path }
    guard FileName.kind(at: name) != nil else {
      let isPublished = (try? PublishedCatalogue.bundled().checkpoint(name)) != nil
      if isPublished { throw .notFetched(name) }
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
