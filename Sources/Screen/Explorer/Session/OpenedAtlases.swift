/// The atlases to explore with: those that a person names now, or else those of a session.
public struct OpenedAtlases: Sendable {
  /// The path of an atlas, and who named it.
  public struct Named: Equatable, Sendable {
    /// The path.
    public let path: String
    /// Whether it is the session's.
    public let isSaved: Bool
  }

  /// An atlas that cannot be shown.
  public struct Problem: Error {
    /// The atlas.
    public let atlas: Named
    /// Whether it is another network's.
    public let isOther: Bool
    /// The reason.
    public let reason: any Error
  }

  /// This network's atlas.
  public let own: Named?
  /// Another network's atlas.
  public let other: Named?

  /// Takes what is named now before what the session `saved`.
  public init(own: String?, other: String?, saved: SavedFiles = SavedFiles()) {
    func named(_ given: String?, _ saved: String?) -> Named? {
      given.map { Named(path: $0, isSaved: false) } ?? saved.map { Named(path: $0, isSaved: true) }
    }
    self.own = named(own, saved.atlas)
    self.other = named(other, saved.otherAtlas)
  }

  /// Whether another network's atlas is named now, and nothing to hold it against: of other weights than the
  /// session's its atlas is none.
  public func lacksOwn(hasOtherWeights: Bool) -> Bool {
    guard let other, !other.isSaved else { return false }
    return own.map { $0.isSaved && hasOtherWeights } ?? true
  }

  /// Throws the problem with an atlas that was named now; returns those with the session's.
  ///
  /// A session's photo and places can be shown without. `fits` throws for an atlas of another network,
  /// `hasMeans` for one that cannot be held against another.
  public func problems(
    fits: (_ path: String) throws -> Void, hasMeans: (_ path: String) throws -> Void
  ) throws(Problem) -> [Problem] {
    var problems: [Problem] = []
    func check(
      _ atlas: Named?, isOther: Bool, _ body: (String) throws -> Void
    ) throws(Problem) -> Bool {
      guard let atlas else { return false }
      do {
        try body(atlas.path)
        return true
      } catch {
        let problem = Problem(atlas: atlas, isOther: isOther, reason: error)
        guard atlas.isSaved else { throw problem }
        problems.append(problem)
        return false
      }
    }
    let fitsOwn = try check(own, isOther: false, fits)
    if fitsOwn, let other {
      // Whoever names the other one now wants to see it beside this.
      let both = own.map { Named(path: $0.path, isSaved: $0.isSaved && other.isSaved) }
      _ = try check(both, isOther: false, hasMeans)
    }
    _ = try check(other, isOther: true, hasMeans)
    return problems
  }
}

extension SavedSession {
  /// What there is to say where `state` has what this session switched off, in other weights than it had
  /// then; nil for nothing.
  public func noteOnPatches(in state: ExplorerState) -> String? {
    guard weights != state.model.source, let summary = state.patches.summary else { return nil }
    return "\(summary) in \(state.model.source), as in the session with \(weights)"
  }
}
