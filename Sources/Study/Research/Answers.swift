import Synchronization

/// The questions asked and the answers known so far.
///
/// After every change, `want` and `keep` receive the questions that are wanted; the answers that
/// nobody wants any more are dropped, and their memory with them. Equality compares a version
/// number that every change renews.
public struct Answers: Equatable, Sendable {
  private struct Entry: Sendable {
    var status = Status.asked
    /// The answer so far.
    var answer: (any Sendable)?
    /// The last answer to the question that this one replaces.
    var older: (any Sendable)?
    /// The time at which the question was last wanted.
    var time = 0
  }

  private enum Status: Equatable, Sendable {
    case asked, known
    case failed(String)
  }

  /// A reply to a question.
  public enum Reply: Sendable {
    /// The answer so far; more is to come.
    case partial(any Sendable)
    /// The whole answer.
    case whole(any Sendable)
    /// The reason why there is no answer.
    case failed(String)
  }

  /// The maximum number of answers kept while nobody wants them.
  private static let keptLimit = 128
  private static let versions = Atomic(0)

  private var entries: [AnyQuestion: Entry] = [:]
  private var version = 0
  private var time = 0

  /// Creates answers without questions.
  public init() {}

  /// Whether both have the same version.
  public static func == (first: Self, second: Self) -> Bool { first.version == second.version }

  /// The whole answer; nil until it is known.
  public subscript<Q: Question>(question: Q) -> Q.Answer? {
    let entry = entries[AnyQuestion(question)]
    return entry?.status == .known ? entry?.answer as? Q.Answer : nil
  }

  /// Returns the answer so far.
  public func soFar<Q: Question>(_ question: Q) -> Q.Answer? {
    entries[AnyQuestion(question)]?.answer as? Q.Answer
  }

  /// Returns the whole answer or, until it is known, the answer to the question that this one
  /// replaces.
  public func latest<Q: Question>(_ question: Q) -> Q.Answer? {
    self[question] ?? entries[AnyQuestion(question)]?.older as? Q.Answer
  }

  /// Returns the pending question that `question` replaces, if there is one.
  ///
  /// If the next question comes before the last is answered, as on a stream, the caller lets that
  /// one be answered first.
  public func awaited<Q: Question>(before question: Q) -> Q? {
    entries.first { AnyQuestion(question).replaces($0.key) && $0.value.status == .asked }?.key.base
      as? Q
  }

  /// Whether the answer is pending.
  public func isAwaited(_ question: AnyQuestion) -> Bool { entries[question]?.status == .asked }

  /// Whether the whole answer is known.
  public func isKnown(_ question: AnyQuestion) -> Bool { entries[question]?.status == .known }

  /// Whether the question failed, so that no answer is coming.
  public func hasFailed(_ question: AnyQuestion) -> Bool { failure(of: question) != nil }

  /// Returns the reason why no answer is coming; nil unless the question failed.
  public func failure(of question: AnyQuestion) -> String? {
    guard case .failed(let reason)? = entries[question]?.status else { return nil }
    return reason
  }

  /// Records that `questions` are wanted.
  ///
  /// Returns the new questions among them and, in the same order, those of the new ones to ask: a
  /// question that replaces a failed one is not asked by itself.
  public mutating func want(
    _ questions: [AnyQuestion]
  ) -> (new: [AnyQuestion], asked: [AnyQuestion]) {
    var (new, asked): ([AnyQuestion], [AnyQuestion]) = ([], [])
    for question in questions where entries[question] == nil {
      let entry = successor(of: question)
      entries[question] = entry
      new.append(question)
      if entry.status == .asked { asked.append(question) }
    }
    if !new.isEmpty { renew() }
    return (new, asked)
  }

  /// Drops all questions except `questions` and those with answers worth keeping while the model
  /// with number `model` is under study.
  ///
  /// Returns the pending questions that were dropped, whose work can be cancelled.
  public mutating func keep(only questions: [AnyQuestion], model: Int?) -> [AnyQuestion] {
    time += 1
    for question in questions { entries[question]?.time = time }
    let (dropped, cancelled) = unwanted(model: model)
    for question in dropped + cancelled { entries[question] = nil }
    if !dropped.isEmpty || !cancelled.isEmpty { renew() }
    return cancelled
  }

  /// Records `reply` to `question`; returns whether the question was still pending.
  public mutating func take(_ reply: Reply, to question: AnyQuestion) -> Bool {
    guard var entry = entries[question], entry.status == .asked else { return false }
    var question = question
    switch reply {
    case .partial(let answer): entry.answer = answer
    case .whole(let answer):
      entry.answer = answer
      entry.older = nil
      entry.status = .known
      entries = entries.filter { $0.value.time == time || !question.replaces($0.key) }
      // A dictionary keeps the key that it has, of two that are equal.
      entries[question] = nil
      question = question.answered
    case .failed(let reason): entry.status = .failed(reason)
    }
    entries[question] = entry
    renew()
    return true
  }

  /// Forgets the failed questions, so that those still wanted are asked again.
  public mutating func retry() {
    entries = entries.filter { if case .failed = $0.value.status { false } else { true } }
    renew()
  }

  private mutating func renew() {
    version = Self.versions.add(1, ordering: .relaxed).newValue
  }

  /// Returns the entry of a new question: with the last answer to the question that it replaces, or
  /// failed if that failed.
  private func successor(of question: AnyQuestion) -> Entry {
    let older = entries.filter { question.replaces($0.key) }.max { $0.value.time < $1.value.time }
    guard let older = older?.value else { return Entry() }
    if case .failed = older.status { return older }
    return Entry(older: older.status == .known ? older.answer : older.older)
  }

  /// The questions that were not wanted this time: those with a reply, except the latest worth
  /// keeping, and those pending.
  private func unwanted(model: Int?) -> (dropped: [AnyQuestion], cancelled: [AnyQuestion]) {
    let old = entries.filter { $0.value.time < time }
    let cancelled = old.filter { $0.value.status == .asked }.map(\.key)
    var dropped: [AnyQuestion] = []
    var kept: [(question: AnyQuestion, time: Int)] = []
    for (question, entry) in old where entry.status != .asked {
      let isOfModel = question.modelNumber.map { $0 == model } ?? true
      if question.isKept, isOfModel, entry.status == .known {
        kept.append((question, entry.time))
      } else {
        dropped.append(question)
      }
    }
    guard kept.count > Self.keptLimit else { return (dropped, cancelled) }
    let oldest = kept.sorted { $0.time < $1.time }.prefix(kept.count - Self.keptLimit)
    return (dropped + oldest.map(\.question), cancelled)
  }
}
