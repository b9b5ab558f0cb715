import Atlas
import Catalogue
import Downloads
import Folders
import Foundation
import Images
import Streams

/// Why a command could not do its work: a line for the person and an exit status for the script.
struct Failure: Error {
  /// The exit statuses, as sysexits.h numbers them.
  enum Kind: Int32 {
    /// A flag or an argument makes no sense.
    case usage = 64
    /// A file is not what it should be.
    case data = 65
    /// A file is missing or may not be read.
    case noInput = 66
    /// Something that is needed is not there: a terminal, a download.
    case unavailable = 69
    /// A file cannot be written.
    case cannotCreate = 73
  }

  let kind: Kind
  let reason: String

  init(_ kind: Kind, _ reason: String) {
    self.kind = kind
    self.reason = reason
  }

  /// What --help says about exit statuses.
  static let help = """
    EXIT STATUS
      0   done
      1   weights verify: the checkpoints differ; classes: none has these words
      2   weights verify: the same network, fed otherwise
      3   weights verify: the same network, but for rounding
      64  a flag or an argument makes no sense
      65  a file is not what it should be: damaged, or another network's weights
      66  a file is missing or may not be read
      69  something needed is not there: a terminal, a download
      73  a file cannot be written
    """

  /// Does `body`; where it fails, the failure begins with the `place` that asked for it.
  static func telling<Result>(_ place: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let failure as Failure {
      throw Failure(failure.kind, "\(place): \(failure.reason)")
    }
  }

  /// Prints the line on standard error and leaves with the status.
  func leave() -> Never {
    Console.note(reason)
    exit(kind.rawValue)
  }
}

extension Failure {
  /// A failure to read an image.
  init(_ error: ImageError) {
    if case .unreadable = error {
      self.init(.noInput, "\(error)")
    } else {
      self.init(.data, "\(error)")
    }
  }

  /// A stream that gives no more frames.
  init(_ error: StreamError) {
    if case .unreadable = error {
      self.init(.noInput, "\(error)")
    } else {
      self.init(.data, "\(error)")
    }
  }

  /// A failure to find images.
  init(_ error: FolderError) {
    let kind: Kind =
      switch error {
      case .unreadable: .noInput
      case .unwritable: .cannotCreate
      case .damaged, .noImages, .noClasses, .unknownClasses, .line, .unknownClass: .data
      }
    self.init(kind, "\(error)")
  }

  /// A failure to make, merge or read an atlas.
  init(_ error: AtlasError) {
    let kind: Kind =
      switch error {
      case .unreadable: .noInput
      case .unwritable: .cannotCreate
      case .kind, .another, .shards, .unfinished: .data
      }
    self.init(kind, "\(error)")
  }

  /// A failure to fetch a published file.
  init(_ error: DownloadError) {
    let kind: Kind =
      switch error {
      case .catalogue, .length, .checksum, .changed, .unusable: .data
      case .unknownName: .usage
      case .noCurl, .refused, .stalled, .cutOff, .notTrusted: .unavailable
      case .cannotWrite: .cannotCreate
      }
    self.init(kind, "\(error)")
  }

  /// A failure to find or read a checkpoint.
  init(_ error: CatalogueError) {
    self.init(error.isMissing ? .noInput : .data, "\(error)")
  }
}
