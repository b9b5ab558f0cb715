/// A question of any type.
public struct AnyQuestion: Hashable, Sendable {
  /// The wrapped question.
  public let base: any Question

  /// Wraps `question`.
  public init(_ question: some Question) { base = question }

  /// The queue that the question's work waits in.
  public var lane: Lane { base.lane }

  /// Whether a frame of a stream stays on the screen until the question about it is answered.
  public var holdsFrame: Bool { type(of: base).holdsFrame }

  var isKept: Bool { type(of: base).isKept }

  /// Whether both are the same question.
  public static func == (first: Self, second: Self) -> Bool { first.base.isEqual(to: second.base) }

  /// Hashes the question's type and all that its answer depends on.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(type(of: base)))
    base.hash(into: &hasher)
  }

  /// Finds the answer, which has the question's `Answer` type.
  public func answer(
    _ researcher: Researcher, report: (any Sendable) throws -> Void
  ) throws -> any Sendable {
    try base.erasedAnswer(researcher, report: report)
  }

  /// Finds the answer, and what screens ask of it first.
  public func preparedAnswer(
    _ researcher: Researcher, report: (any Sendable) throws -> Void
  ) throws -> any Sendable {
    try base.erasedPreparedAnswer(researcher, report: report)
  }

  func replaces(_ older: AnyQuestion) -> Bool { base.replacesAny(older.base) }

  var modelNumber: Int? { base.modelNumber }

  var answered: AnyQuestion { base.erasedAnswered }
}

extension Question {
  fileprivate func isEqual(to other: any Question) -> Bool { other as? Self == self }

  fileprivate func replacesAny(_ older: any Question) -> Bool {
    (older as? Self).map(replaces) ?? false
  }

  fileprivate var erasedAnswered: AnyQuestion { AnyQuestion(answered) }

  fileprivate func erasedAnswer(
    _ researcher: Researcher, report: (any Sendable) throws -> Void
  ) throws -> any Sendable {
    try answer(researcher, report: report)
  }

  fileprivate func erasedPreparedAnswer(
    _ researcher: Researcher, report: (any Sendable) throws -> Void
  ) throws -> any Sendable {
    let answer = try answer(researcher, report: report)
    prepare(answer)
    return answer
  }
}
