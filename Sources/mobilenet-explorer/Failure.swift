import Atlas
import Catalogue
import Checkpoints
import Downloads
import Explanation
import Files
import Folders
import Foundation
import Images
import MobileNet
import Streams

/// The reason why a command failed: a line for the person and an exit status for the script.
struct Failure: Error {
  /// The exit statuses, as sysexits.h numbers them.
  enum Kind: Int32 {
    /// A flag or an argument makes no sense.
    case usage = 64
    /// A file is not what it should be.
    case data = 65
    /// A file is missing or may not be read.
    case noInput = 66
    /// Something needed is not there: a terminal, a download.
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

  /// The section of --help on exit statuses.
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

  /// Runs `body`; a failure in it is thrown again with `place` in front of its reason.
  static func telling<Result>(_ place: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      let failure = Failure(error)
      throw Failure(failure.kind, "\(place): \(failure.reason)")
    }
  }

  /// Runs `body`, which reads what was given with `option`; a failure in it is thrown again with the
  /// option in front of its reason.
  static func naming<Result>(_ option: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      let failure = Failure(error)
      throw Failure(failure.kind, "\(option) \(failure.reason)")
    }
  }

  /// Prints the reason on standard error and exits with the status.
  func leave() -> Never {
    Console.note(reason)
    exit(kind.rawValue)
  }
}

extension Failure {
  /// Makes a failure of any error that a command throws.
  init(_ error: any Error) {
    if let failure = error as? Failure {
      self = failure
    } else {
      self.init(Self.kind(of: error), Self.reason(of: error))
    }
  }

  private static func kind(of error: any Error) -> Kind {
    switch error {
    case ImageError.unreadable, StreamError.unreadable, FolderError.unreadable,
      AtlasError.unreadable:
      .noInput
    case let error as CatalogueError where error.isMissing: .noInput
    case FolderError.unwritable, AtlasError.unwritable, DownloadError.cannotWrite: .cannotCreate
    case let error as CheckpointFileError where error.isUnwritable: .cannotCreate
    case DownloadError.noCurl, DownloadError.refused, DownloadError.stalled, DownloadError.cutOff,
      DownloadError.notTrusted:
      .unavailable
    case DownloadError.unknownName: .usage
    case TargetError.noClassifier, ExplanationError.target(.noClassifier),
      ExplanationError.tooLarge:
      .data
    case is TargetError, is ExplanationError: .usage
    case is POSIXError, is CocoaError: .noInput
    default: .data
    }
  }

  /// Returns the error's own line, or for an error of the system the file and the reason.
  private static func reason(of error: any Error) -> String {
    guard error is POSIXError || error is CocoaError else { return "\(error)" }
    let path = (error as NSError).userInfo[NSFilePathErrorKey] as? String
    return [path, error.reason].compactMap(\.self).joined(separator: ": ")
  }
}
