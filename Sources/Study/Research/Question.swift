/// Something to find out, with all that its answer depends on.
///
/// The set of questions is open: a screen may bring its own. Equal questions have the same answer, so
/// that the explorer computes nothing twice; what is large in them is compared by number (`Numbered`).
public protocol Question: Hashable, Sendable {
  /// What is found out.
  associatedtype Answer: Sendable

  /// What the work of such questions may have to wait for.
  static var lane: Lane { get }

  /// What its own work may have to wait for.
  var lane: Lane { get }

  /// Whether the answer is small and took long, so that it is kept when nobody looks.
  static var isKept: Bool { get }

  /// Whether a frame of a stream stays until the answer about it is there.
  static var holdsFrame: Bool { get }

  /// Whether what is known of `older` is shown until this answer is there: the same question about
  /// the photo before, for example. If `older` failed, this one is not tried by itself.
  func replaces(_ older: Self) -> Bool

  /// Whether the answer to `older` is of no use any more, and its memory is given back, once this one is
  /// there.
  func outdates(_ older: Self) -> Bool

  /// Finds the answer.
  ///
  /// `report` takes what is known so far, for answers that grow, and throws `CancellationError` when
  /// nobody wants the answer any more: long work calls it between its parts, or the researcher's
  /// `checkCancellation` where there is nothing to report. What is thrown is said to the person.
  func answer(_ researcher: Researcher, report: (Answer) throws -> Void) throws -> Answer
}

/// Work that waits for other work of the same lane, and for nothing else.
public enum Lane: CaseIterable, Sendable {
  /// Reads folders and small files.
  case disk
  /// Reads photos and weights, and runs networks on them.
  case compute
  /// Runs networks again and again, for seconds.
  case measure
}

extension Question {
  /// Most questions of a kind take about as long.
  public var lane: Lane { Self.lane }

  /// Most answers go when nobody looks any more.
  public static var isKept: Bool { false }

  /// Most answers are about what is shown.
  public static var holdsFrame: Bool { true }

  /// Most questions have nothing to do with each other.
  public func replaces(_ older: Self) -> Bool { false }

  /// What was shown only until this answer is there.
  public func outdates(_ older: Self) -> Bool { replaces(older) }
}

/// Why a question has no answer.
public struct Unanswerable: Error, CustomStringConvertible {
  /// One line that names the thing and what was expected.
  public let description: String

  /// Says why.
  public init(_ description: String) { self.description = description }
}
