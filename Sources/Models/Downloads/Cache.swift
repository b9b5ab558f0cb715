import Checkpoints
import Files
import Foundation

/// The cache of fetched checkpoints: checked files, with the facts known about them.
///
///     weights/    complete and checked checkpoints and labels
///     receipts/   receipts of downloads, kept even if the file is deleted
///     partial/    files that are not complete or not checked yet
public struct Cache: Sendable {
  /// The folder with the three subfolders.
  public let folder: String

  /// Opens the cache in `folder`; by default mobilenet-explorer in $XDG_CACHE_HOME, or in ~/.cache.
  public init(folder: String? = nil) {
    self.folder = folder ?? UserFolder.cache.path()
  }

  /// A fetched checkpoint.
  public struct Entry: Sendable {
    /// The catalogue's entry at the time of fetching.
    public let published: PublishedCheckpoint
    /// The receipt of the download.
    public let receipt: Receipt
    /// The path of the file.
    public let path: String
  }

  /// The fetched checkpoints whose files exist, in the order of the receipts' names.
  public var entries: [Entry] {
    let names = (try? FileName.names(in: folder + "/receipts")) ?? []
    return names.compactMap { name in
      name.hasSuffix(".json") ? entry(String(name.dropLast(".json".count))) : nil
    }
  }

  /// Returns the checkpoint called `name`; nil unless its file exists.
  public func entry(_ name: String) -> Entry? {
    guard let receipt = receipt(of: name), let published = receipt.checkpoint else { return nil }
    let path = path(of: published.file)
    guard FileName.kind(at: path) != nil else { return nil }
    return Entry(published: published, receipt: receipt, path: path)
  }

  /// Returns the receipt of the file called `name`; nil when it was never fetched.
  func receipt(of name: String) -> Receipt? {
    // A name from the command line may be a path.
    guard !name.contains("/"),
      let data = try? FileBytes.contents(of: receiptPath(name), limit: 1 << 20)
    else { return nil }
    return try? JSONDecoder().decode(Receipt.self, from: data)
  }

  /// Returns the path of `file` after the check; it ends like the published file.
  func path(of file: PublishedFile) -> String {
    let published = URL(string: file.url)?.pathExtension ?? ""
    let isThere = published.isEmpty || file.name.hasSuffix("." + published)
    return folder + "/weights/" + file.name + (isThere ? "" : "." + published)
  }

  /// Returns the path of `file` before the check.
  func partialPath(of file: PublishedFile) -> String { folder + "/partial/" + file.name }

  /// Makes the folders.
  func prepare() throws(DownloadError) {
    for path in [folder] + ["weights", "receipts", "partial"].map({ folder + "/" + $0 }) {
      // The system's error would be that the file exists.
      if let target = FileName.link(at: path), FileName.kind(at: path) == nil {
        throw .cannotWrite(path: path, reason: "it is a link to \(target), which is not there")
      }
    }
    for name in ["weights", "receipts", "partial"] {
      try Self.write(folder + "/" + name) { try FileName.makeFolder(at: $0) }
    }
  }

  /// Moves the checked file at `partial` into the cache, with its receipt.
  func keep(
    _ partial: String, as file: PublishedFile, _ receipt: Receipt
  ) throws(DownloadError) {
    // The receipt comes first, because a receipt without its file is harmless.
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

  /// Returns the path of the receipt for the file called `name`.
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

/// The record of a download, against which later downloads of the file are checked.
public struct Receipt: Codable, Sendable {
  /// The address of the file.
  public let url: String
  /// The size in bytes.
  public let bytes: Int
  /// The SHA-256 of the content, in hexadecimal digits.
  public let sha256: String
  /// Whether the catalogue has the checksum; otherwise the person trusted the first download.
  public let isPublished: Bool
  /// The catalogue's entry; nil for a file that is no checkpoint.
  public let checkpoint: PublishedCheckpoint?
}
