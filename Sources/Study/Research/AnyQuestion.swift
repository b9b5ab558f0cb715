/// A question of any kind.
public struct AnyQuestion: Hashable, Sendable {
  /// The question itself.
  public let base: any Question

  /// Wraps `question`.
  public init(_ question: some Question) { base = question }

  /// What its work may have to wait for.
  public var lane: Lane { base.lane }

  /// Whether a frame of a stream stays until the answer about it is there.
  public var holdsFrame: Bool { type(of: base).holdsFrame }

  var isKept: Bool { type(of: base).isKept }

  /// Whether both are the same question.
  public static func == (first: Self, second: Self) -> Bool { first.base.isEqual(to: second.base) }

  /// Feeds the question's kind and all that its answer depends on.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(type(of: base)))
    base.hash(into: &hasher)
  }

  /// Finds the answer, of the type that the question says.
  public func answer(
    _ researcher: Researcher, report: (any Sendable) throws -> Void
  ) throws -> any Sendable {
    try base.erasedAnswer(researcher, report: report)
  }

  func replaces(_ older: AnyQuestion) -> Bool { base.replacesAny(older.base) }

  func outdates(_ older: AnyQuestion) -> Bool { base.outdatesAny(older.base) }
}

extension Question {
  fileprivate func isEqual(to other: any Question) -> Bool { other as? Self == self }

  fileprivate func replacesAny(_ older: any Question) -> Bool {
    (older as? Self).map(replaces) ?? false
  }

  fileprivate func outdatesAny(_ older: any Question) -> Bool {
    (older as? Self).map(outdates) ?? false
  }

  fileprivate func erasedAnswer(
    _ researcher: Researcher, report: (any Sendable) throws -> Void
  ) throws -> any Sendable {
    try answer(researcher, report: report)
  }
}
