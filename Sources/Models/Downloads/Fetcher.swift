import Checkpoints
import Files
import Foundation
import MobileNet

/// Fetches published files into the cache, each only after a check.
public struct Fetcher {
  /// A downloaded file whose checksum is unknown.
  public struct Unknown: Sendable {
    /// The address of the file.
    public let url: String
    /// The size in bytes.
    public let bytes: Int
    /// The SHA-256 of the content, in hexadecimal digits.
    public let sha256: String
  }

  private let cache: Cache
  private let patience: Int
  private let trusts: (Unknown) -> Bool
  private let waits: () -> Void
  private let progress: (_ received: Int, _ expected: Int?) -> Void

  /// Fetches into `cache` and gives up after `patience` seconds without bytes.
  ///
  /// `trusts` decides about a file whose checksum is unknown; `waits` is called while another
  /// program fetches the same file; `progress` receives the number of bytes, ten times a second.
  public init(
    cache: Cache, patience: Int = 30, trusts: @escaping (Unknown) -> Bool,
    waits: @escaping () -> Void = {},
    progress: @escaping (_ received: Int, _ expected: Int?) -> Void = { _, _ in }
  ) {
    self.cache = cache
    self.patience = patience
    self.trusts = trusts
    self.waits = waits
    self.progress = progress
  }

  /// Fetches `checkpoint`, unless the cache has it; returns its path, and whether it is new.
  public func fetch(
    _ checkpoint: PublishedCheckpoint
  ) throws(DownloadError) -> (path: String, isNew: Bool) {
    try fetch(checkpoint.file, checkpoint)
  }

  /// Fetches a file that is no checkpoint; returns its path, and whether it is new.
  public func fetch(_ file: PublishedFile) throws(DownloadError) -> (path: String, isNew: Bool) {
    try fetch(file, nil)
  }

  /// Returns the checksum that `file` must have: the published one, or that of the first download;
  /// nil if neither is known.
  public func knownChecksum(of file: PublishedFile) -> String? {
    file.sha256 ?? cache.receipt(of: file.name).flatMap { $0.url == file.url ? $0.sha256 : nil }
  }

  private func fetch(
    _ file: PublishedFile, _ checkpoint: PublishedCheckpoint?
  ) throws(DownloadError) -> (path: String, isNew: Bool) {
    let path = cache.path(of: file)
    if hasWhatIsKnown(of: file) { return (path, false) }
    try cache.prepare()
    let partial = try PartialFile(path: cache.partialPath(of: file), waiting: waits)
    // The program that this one waited for may have fetched the file.
    if hasWhatIsKnown(of: file) { return (path, false) }
    let known = knownChecksum(of: file)
    if file.bytes == nil || partial.count != file.bytes {
      try download(file, to: partial, isChecked: known != nil)
    }
    // The file is complete now: if anything is wrong with it, the download must start over.
    defer {
      partial.remove()
      unlink(Self.headersPath(partial))
    }
    let bytes = partial.count
    if let expected = file.bytes, bytes != expected {
      throw .length(url: file.url, received: bytes, expected: expected)
    }
    guard let sum = SHA256.digits(ofFile: partial.path) else {
      throw .cannotWrite(path: partial.path, reason: "it can't be read back")
    }
    if let known, sum != known {
      if file.sha256 != nil { throw .checksum(url: file.url, received: sum, expected: known) }
      throw .changed(
        url: file.url, received: sum, expected: known, receipt: cache.receiptPath(file.name))
    }
    if known == nil {
      // The file may be an error page, whose checksum must not be kept for later downloads.
      if let checkpoint { try Self.check(partial.path, checkpoint) }
      if !trusts(Unknown(url: file.url, bytes: bytes, sha256: sum)) {
        throw .notTrusted(url: file.url)
      }
    }
    try cache.keep(
      partial.path, as: file,
      Receipt(
        url: file.url, bytes: bytes, sha256: sum, isPublished: file.sha256 != nil,
        checkpoint: checkpoint))
    guard hasWhatIsKnown(of: file) else {
      throw .cannotWrite(path: path, reason: "it is not what was written")
    }
    return (path, true)
  }

  /// Whether the file exists and its checksum is the known one.
  private func hasWhatIsKnown(of file: PublishedFile) -> Bool {
    knownChecksum(of: file).map { SHA256.digits(ofFile: cache.path(of: file)) == $0 } ?? false
  }

  private static func check(
    _ path: String, _ checkpoint: PublishedCheckpoint
  ) throws(DownloadError) {
    do throws(CheckpointFileError) {
      _ = try CheckpointReader.outline(path: path, resolution: checkpoint.resolution)
    } catch {
      throw .unusable(url: checkpoint.file.url, problem: "\(error.reason)")
    }
  }

  private static func headersPath(_ partial: PartialFile) -> String { partial.path + ".headers" }

  /// The largest file that is fetched, in bytes, where the catalogue states no size.
  private static let mostBytes = 1 << 30

  /// The most connections that are tried, as long as each brings bytes.
  private static let mostAttempts = 5

  private func download(
    _ file: PublishedFile, to partial: PartialFile, isChecked: Bool
  ) throws(DownloadError) {
    guard let curl = Curl() else { throw .noCurl(url: file.url) }
    let headers = Self.headersPath(partial)
    var attempt = 1
    while true {
      // A checksum would detect halves of different files; without one, a validator has to.
      let validator = ResponseHeaders(path: headers).validator
      if !isChecked, validator == nil { partial.clear() }
      let start = partial.count
      let outcome: Curl.Outcome
      do {
        outcome = try curl.fetch(
          file.url, into: partial, headers: headers,
          ifUnchanged: start > 0 ? validator : nil, patience: patience,
          most: file.bytes ?? Self.mostBytes
        ) {
          progress(partial.count, file.bytes ?? ResponseHeaders(path: headers).length)
        }
      } catch {
        throw .noCurl(url: file.url)
      }
      let received = partial.count
      let canContinue = received > start && attempt < Self.mostAttempts
      switch (outcome.exitStatus, outcome.httpStatus) {
      case (0, _): return
      // The server sends everything, or has no more bytes: the beginning is useless.
      case (33, _) where start > 0, (22, 416) where start > 0:
        partial.clear()
      case (18, _), (28, _), (56, _), (92, _):
        if canContinue { break }
        if outcome.exitStatus == 28 {
          throw .stalled(url: file.url, received: received, seconds: patience)
        }
        throw .cutOff(
          url: file.url, received: received,
          expected: file.bytes ?? ResponseHeaders(path: headers).length)
      case (22, 404), (22, 410):
        throw .refused(url: file.url, reason: "the server has no such file (404)")
      case (22, let status): throw .refused(url: file.url, reason: "the server answers \(status)")
      case (Curl.cannotWrite, _):
        throw .cannotWrite(path: partial.path, reason: outcome.message)
      case (Curl.tooLarge, _):
        partial.clear()
        throw .refused(
          url: file.url,
          reason: "more came than the \((file.bytes ?? Self.mostBytes).grouped) bytes that may")
      case (47, _): throw .refused(url: file.url, reason: "redirected more than 10 times")
      default: throw .refused(url: file.url, reason: outcome.message)
      }
      attempt += 1
    }
  }
}
