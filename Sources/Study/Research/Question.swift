/// A question, with all that its answer depends on.
///
/// The set of questions is open: a screen may bring its own. Equal questions have equal answers, so
/// that the explorer computes nothing twice; large values in them are compared by number
/// (`Numbered`).
public protocol Question: Hashable, Sendable {
  /// The type of the answer.
  associatedtype Answer: Sendable

  /// The queue for the work of such questions.
  static var lane: Lane { get }

  /// The queue for the work of this question.
  var lane: Lane { get }

  /// Whether the answer is small and slow to compute, so that it is kept while nobody wants it.
  static var isKept: Bool { get }

  /// Whether a frame of a stream stays on the screen until the question about it is answered.
  static var holdsFrame: Bool { get }

  /// Whether the answer to `older` is shown until this one is known: the same question about the
  /// previous photo, for example. If `older` failed, this question is not asked by itself.
  func replaces(_ older: Self) -> Bool

  /// The number of the model that the question keeps alive; nil if there is none. A kept answer is
  /// dropped, and the memory of both freed, once another model is under study.
  var modelNumber: Int? { get }

  /// An equal question without the large values that only its work needs: it is kept with the answer.
  var answered: Self { get }

  /// Finds the answer.
  ///
  /// `report` receives the answer so far, for answers that grow, and throws `CancellationError`
  /// once nobody wants the answer any more: long work calls it between its parts, or the
  /// researcher's `checkCancellation` if there is nothing to report. The text of a thrown error is
  /// shown to the person.
  func answer(_ researcher: Researcher, report: (Answer) throws -> Void) throws -> Answer

  /// Finds out what screens ask of `answer` first, where no key waits for it.
  func prepare(_ answer: Answer)
}

/// A queue of work; lanes do not wait for each other.
public enum Lane: CaseIterable, Sendable {
  /// Reading folders and small files.
  case disk
  /// Reading photos and weights, and running networks on them.
  case compute
  /// Running networks again and again, for seconds.
  case measure
}

extension Question {
  /// By default, the queue of the question's type.
  public var lane: Lane { Self.lane }

  /// By default, false: the answer is dropped when nobody wants it any more.
  public static var isKept: Bool { false }

  /// By default, true: the question concerns the frame that is shown.
  public static var holdsFrame: Bool { true }

  /// By default, false: the questions are independent.
  public func replaces(_ older: Self) -> Bool { false }

  /// By default, nil.
  public var modelNumber: Int? { nil }

  /// By default, the question itself.
  public var answered: Self { self }

  /// By default, nothing.
  public func prepare(_ answer: Answer) {}
}

/// The reason why a question has no answer.
public struct Unanswerable: Error, CustomStringConvertible {
  /// One line that names the thing and what was expected.
  public let description: String

  /// Creates the reason.
  public init(_ description: String) { self.description = description }
}
