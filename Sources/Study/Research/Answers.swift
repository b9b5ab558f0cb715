import Synchronization

/// What was asked and what is known of it, by question.
///
/// Whoever wants answers says so after every change; what nobody wants any more is dropped, and its
/// memory with it. Two of these are compared by a number that every change renews.
public struct Answers: Equatable, Sendable {
  private struct Entry: Sendable {
    var status = Status.asked
    /// The answer, as far as it is known.
    var answer: (any Sendable)?
    /// What was known of the question that this one replaces.
    var older: (any Sendable)?
    /// When it was last wanted.
    var time = 0
  }

  private enum Status: Equatable, Sendable {
    case asked, known
    case failed(String)
  }

  /// What came of a question.
  public enum Reply: Sendable {
    /// What is known so far; more is coming.
    case partial(any Sendable)
    /// The answer.
    case whole(any Sendable)
    /// Why there is none.
    case failed(String)
  }

  /// The most answers that are kept though nobody looks.
  private static let keptLimit = 256
  private static let versions = Atomic(0)

  private var entries: [AnyQuestion: Entry] = [:]
  private var version = 0
  private var time = 0

  /// Nothing asked yet.
  public init() {}

  /// Whether nothing changed between them.
  public static func == (first: Self, second: Self) -> Bool { first.version == second.version }

  /// The answer, once it is there as a whole.
  public subscript<Q: Question>(question: Q) -> Q.Answer? {
    let entry = entries[AnyQuestion(question)]
    return entry?.status == .known ? entry?.answer as? Q.Answer : nil
  }

  /// The answer as far as it is known.
  public func soFar<Q: Question>(_ question: Q) -> Q.Answer? {
    entries[AnyQuestion(question)]?.answer as? Q.Answer
  }

  /// The answer, and until it is there that to the question which it replaces.
  public func latest<Q: Question>(_ question: Q) -> Q.Answer? {
    self[question] ?? entries[AnyQuestion(question)]?.older as? Q.Answer
  }

  /// The question on its way that `question` replaces, if there is one.
  ///
  /// Where the next question comes before the last is answered, as on a stream, whoever asks lets that
  /// one be answered first.
  public func awaited<Q: Question>(before question: Q) -> Q? {
    entries.first { AnyQuestion(question).replaces($0.key) && $0.value.status == .asked }?.key.base
      as? Q
  }

  /// Whether the answer is on its way.
  public func isAwaited(_ question: AnyQuestion) -> Bool { entries[question]?.status == .asked }

  /// Whether the answer is there as a whole.
  public func isKnown(_ question: AnyQuestion) -> Bool { entries[question]?.status == .known }

  /// Whether there is no answer and none is coming.
  public func hasFailed(_ question: AnyQuestion) -> Bool {
    if case .failed = entries[question]?.status { true } else { false }
  }

  /// Notes that `questions` are wanted.
  ///
  /// Answers with those that nobody asked before, and of these, in that order, what is to be asked:
  /// a question that replaces one that failed is not tried by itself.
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

  /// Drops all but `questions`, and of what is known what is worth keeping.
  ///
  /// Answers with what was on its way and is not to be answered any more.
  public mutating func keep(only questions: [AnyQuestion]) -> [AnyQuestion] {
    time += 1
    for question in questions { entries[question]?.time = time }
    let (dropped, cancelled) = unwanted
    for question in dropped + cancelled { entries[question] = nil }
    if !dropped.isEmpty || !cancelled.isEmpty { renew() }
    return cancelled
  }

  /// Takes `reply` to `question`; answers whether anybody still waited for it.
  public mutating func take(_ reply: Reply, to question: AnyQuestion) -> Bool {
    guard var entry = entries[question], entry.status == .asked else { return false }
    switch reply {
    case .partial(let answer): entry.answer = answer
    case .whole(let answer):
      entry.answer = answer
      entry.older = nil
      entry.status = .known
      entries = entries.filter { $0.value.time == time || !question.outdates($0.key) }
    case .failed(let reason): entry.status = .failed(reason)
    }
    entries[question] = entry
    renew()
    return true
  }

  /// Forgets what failed, so that it is asked again where it is wanted.
  public mutating func retry() {
    entries = entries.filter { if case .failed = $0.value.status { false } else { true } }
    renew()
  }

  private mutating func renew() {
    version = Self.versions.add(1, ordering: .relaxed).newValue
  }

  /// The entry of a new question: with what is known of the one that it replaces, or failed as that
  /// did.
  private func successor(of question: AnyQuestion) -> Entry {
    let older = entries.filter { question.replaces($0.key) }.max { $0.value.time < $1.value.time }
    guard let older = older?.value else { return Entry() }
    if case .failed = older.status { return older }
    return Entry(older: older.status == .known ? older.answer : older.older)
  }

  /// What was not wanted this time: what is known, but for the latest of what is worth keeping, and
  /// what is on its way.
  private var unwanted: (dropped: [AnyQuestion], cancelled: [AnyQuestion]) {
    let old = entries.filter { $0.value.time < time }
    let cancelled = old.filter { $0.value.status == .asked }.map(\.key)
    var dropped: [AnyQuestion] = []
    var kept: [(question: AnyQuestion, time: Int)] = []
    for (question, entry) in old where entry.status != .asked {
      if question.isKept, entry.status == .known {
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
