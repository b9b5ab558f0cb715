import Checkpoints
import Files
import Foundation
import MobileNet

/// Brings published files into the cache, each only after it was checked.
public struct Fetcher {
  /// What is there when a file has come whose checksum nobody wrote down.
  public struct Unknown: Sendable {
    /// Where it came from.
    public let url: String
    /// Its length.
    public let bytes: Int
    /// The SHA-256 of its content, in hexadecimal digits.
    public let sha256: String
  }

  private let cache: Cache
  private let patience: Int
  private let trusts: (Unknown) -> Bool
  private let waits: () -> Void
  private let progress: (_ received: Int, _ expected: Int?) -> Void

  /// Fetches into `cache` and gives up when nothing comes for `patience` seconds.
  ///
  /// `trusts` is asked about a file whose checksum nobody wrote down; `waits` is called while another
  /// program fetches the same file; `progress` hears ten times a second how many bytes are there.
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

  /// Fetches `checkpoint`, unless the cache has it; says where it is, and whether it is new.
  public func fetch(
    _ checkpoint: PublishedCheckpoint
  ) throws(DownloadError) -> (path: String, isNew: Bool) {
    try fetch(checkpoint.file, checkpoint)
  }

  /// Fetches a file that is no checkpoint.
  public func fetch(_ file: PublishedFile) throws(DownloadError) -> (path: String, isNew: Bool) {
    try fetch(file, nil)
  }

  /// The checksum that `file` must have: the published one, or that of the first time.
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
    // The program that was waited for may have brought it.
    if hasWhatIsKnown(of: file) { return (path, false) }
    let known = knownChecksum(of: file)
    if file.bytes == nil || partial.count != file.bytes {
      try download(file, to: partial, isChecked: known != nil)
    }
    // Complete now: whatever is wrong with it, its beginning is of no use any more.
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
      // A page that says sorry, say; remembered, it would be expected the next time.
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

  /// Whether the file is there and is what its checksum says.
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

  /// More than any MobileNet has.
  private static let mostBytes = 1 << 30

  /// How often a connection that brought something may break.
  private static let mostAttempts = 5

  private func download(
    _ file: PublishedFile, to partial: PartialFile, isChecked: Bool
  ) throws(DownloadError) {
    guard let curl = Curl() else { throw .noCurl(url: file.url) }
    let headers = Self.headersPath(partial)
    var attempt = 1
    while true {
      // Two halves of different files would be found out by a checksum, or else by a validator.
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
      // The server sends everything, or has no more than there is: the beginning is of no use.
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
