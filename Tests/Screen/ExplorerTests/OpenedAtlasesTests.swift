import MobileNet
import Testing

@testable import Explorer

/// What becomes of a session's atlases and of what it switched off.
@Suite struct OpenedAtlasesTests {
  private struct Unfit: Error {}

  /// What a session keeps where both atlases were named.
  private func saved() throws -> SavedFiles {
    var state = try Fixture.state(width: 80, height: 24)
    (state.atlasPath, state.otherAtlasPath) = ("saved", "saved other")
    return SavedFiles(state.core)
  }

  /// Tries `atlases`, of which those at `unfit` are another network's and those at `bare` have no means.
  private func outcome(
    _ atlases: OpenedAtlases, unfit: Set<String> = [], bare: Set<String> = []
  ) -> Result<[String], OpenedAtlases.Problem> {
    do throws(OpenedAtlases.Problem) {
      return .success(
        try atlases.problems {
          if unfit.contains($0) { throw Unfit() }
        } hasMeans: {
          if bare.contains($0) { throw Unfit() }
        }.map(\.atlas.path))
    } catch {
      return .failure(error)
    }
  }

  @Test func whatIsNamedNowComesBeforeTheSession() throws {
    let saved = try saved()
    let both = OpenedAtlases(own: nil, other: nil, saved: saved)
    #expect(both.own == .init(path: "saved", isSaved: true))
    #expect(both.other == .init(path: "saved other", isSaved: true))
    let named = OpenedAtlases(own: "mine", other: nil, saved: saved)
    #expect(named.own == .init(path: "mine", isSaved: false) && named.other == both.other)
    #expect(OpenedAtlases(own: nil, other: nil).own == nil)
  }

  @Test func anotherNetworksAtlasNeedsOneOfThisNetwork() throws {
    let saved = try saved()
    #expect(OpenedAtlases(own: nil, other: "other").lacksOwn(hasOtherWeights: false))
    #expect(!OpenedAtlases(own: "mine", other: "other").lacksOwn(hasOtherWeights: true))
    let kept = OpenedAtlases(own: nil, other: "other", saved: saved)
    #expect(!kept.lacksOwn(hasOtherWeights: false) && kept.lacksOwn(hasOtherWeights: true))
    // The session's own pair is only not shown.
    let pair = OpenedAtlases(own: nil, other: nil, saved: saved)
    #expect(!pair.lacksOwn(hasOtherWeights: true))
  }

  /// A session opens without its atlases; one that was named has to be shown.
  @Test func aSessionOpensWithoutItsAtlases() throws {
    let saved = try saved()
    let kept = OpenedAtlases(own: nil, other: nil, saved: saved)
    #expect(try outcome(kept).get() == [])
    #expect(try outcome(kept, unfit: ["saved"]).get() == ["saved"])
    #expect(try outcome(kept, bare: ["saved", "saved other"]).get() == ["saved", "saved other"])
    let named = outcome(OpenedAtlases(own: "mine", other: nil, saved: saved), unfit: ["mine"])
    #expect(throws: OpenedAtlases.Problem.self) { try named.get() }
    if case .failure(let problem) = named {
      #expect(problem.atlas.path == "mine" && !problem.isOther && problem.reason is Unfit)
    }
    // The other one is named now, to be held against the session's.
    let against = OpenedAtlases(own: nil, other: "other", saved: saved)
    #expect(throws: OpenedAtlases.Problem.self) { try outcome(against, bare: ["saved"]).get() }
    #expect(throws: OpenedAtlases.Problem.self) { try outcome(against, bare: ["other"]).get() }
    #expect(try outcome(against, unfit: ["saved"]).get() == ["saved"])
  }

  @Test func whatIsSwitchedOffInOtherWeightsIsSaid() throws {
    var state = try Fixture.state(width: 80, height: 24)
    _ = reduce(&state, .patched(Patch(layer: 3, part: .channels([1]))))
    var session = SavedSession(state)
    #expect(session.noteOnPatches(in: state) == nil)
    session.weights = "others"
    let source = state.model.source
    let note = session.noteOnPatches(in: state)
    #expect(note == "1 channel off in \(source), as in the session with others")
    _ = reduce(&state, .undone)
    #expect(session.noteOnPatches(in: state) == nil)
  }
}
