import Checkpoints
import Files
import Foundation

/// Where fetched checkpoints are kept: files that were checked, and what is known about them.
///
///     weights/    checkpoints and class names, complete and checked
///     receipts/   what was received, kept even if the file is deleted
///     partial/    what is not complete or not checked yet
public struct Cache: Sendable {
  /// The folder of the three folders.
  public let folder: String

  /// The cache in `folder`; by default mobilenet-explorer in $XDG_CACHE_HOME, or in ~/.cache.
  public init(folder: String? = nil) {
    self.folder = folder ?? UserFolder.cache.path()
  }

  /// A checkpoint that was fetched.
  public struct Entry: Sendable {
    /// What the catalogue said about it.
    public let published: PublishedCheckpoint
    /// What was received.
    public let receipt: Receipt
    /// Where its file is.
    public let path: String
  }

  /// The checkpoints that are there, by name.
  public var entries: [Entry] {
    let names = (try? FileName.names(in: folder + "/receipts")) ?? []
    return names.compactMap { name in
      name.hasSuffix(".json") ? entry(String(name.dropLast(".json".count))) : nil
    }
  }

  /// The checkpoint called `name`; nil unless its file is there.
  public func entry(_ name: String) -> Entry? {
    guard let receipt = receipt(of: name), let published = receipt.checkpoint else { return nil }
    let path = path(of: published.file)
    guard FileName.kind(at: path) != nil else { return nil }
    return Entry(published: published, receipt: receipt, path: path)
  }

  /// What was received when the file called `name` was fetched; nil when it never was.
  func receipt(of name: String) -> Receipt? {
    // A name from the command line may be a path.
    guard !name.contains("/"),
      let data = try? FileBytes.contents(of: receiptPath(name), limit: 1 << 20)
    else { return nil }
    return try? JSONDecoder().decode(Receipt.self, from: data)
  }

  /// Where `file` is kept once it is checked; it ends as it does where it is published.
  func path(of file: PublishedFile) -> String {
    let published = URL(string: file.url)?.pathExtension ?? ""
    let isThere = published.isEmpty || file.name.hasSuffix("." + published)
    return folder + "/weights/" + file.name + (isThere ? "" : "." + published)
  }

  /// Where `file` is kept until it is complete and checked.
  func partialPath(of file: PublishedFile) -> String { folder + "/partial/" + file.name }

  /// Makes the folders.
  func prepare() throws(DownloadError) {
    for path in [folder] + ["weights", "receipts", "partial"].map({ folder + "/" + $0 }) {
      // The system would say of it that the file exists.
      if let target = FileName.link(at: path), FileName.kind(at: path) == nil {
        throw .cannotWrite(path: path, reason: "it is a link to \(target), which is not there")
      }
    }
    for name in ["weights", "receipts", "partial"] {
      try Self.write(folder + "/" + name) { try FileName.makeFolder(at: $0) }
    }
  }

  /// Takes the file at `partial`, which was checked, and the receipt for it.
  func keep(
    _ partial: String, as file: PublishedFile, _ receipt: Receipt
  ) throws(DownloadError) {
    // The receipt first: without its file it is harmless.
    try Self.write(receiptPath(file.name)) { path in
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      try WholeFile.write(try encoder.encode(receipt), to: path)
    }
    try Self.write(path(of: file)) { path in
      guard rename(FileName.bytes(of: partial), FileName.bytes(of: path)) == 0 else {
        throw POSIXError.last
      }
    }
  }

  /// Where it is remembered what was received for the file called `name`.
  func receiptPath(_ name: String) -> String { folder + "/receipts/" + name + ".json" }

  private static func write(
    _ path: String, _ body: (String) throws -> Void
  ) throws(DownloadError) {
    do {
      try body(path)
    } catch {
      throw .cannotWrite(path: path, reason: error.reason)
    }
  }
}

/// What was received when a file was fetched; the next time it has to be the same.
public struct Receipt: Codable, Sendable {
  /// Where it came from.
  public let url: String
  /// Its length.
  public let bytes: Int
  /// The SHA-256 of its content, in hexadecimal digits.
  public let sha256: String
  /// Whether the catalogue knew that; otherwise the person trusted the first download.
  public let isPublished: Bool
  /// What the catalogue says of the network, if it is one.
  public let checkpoint: PublishedCheckpoint?
}
