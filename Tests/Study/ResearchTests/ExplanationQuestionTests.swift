import Explanation
import ResearchTestSupport
import Testing

@testable import MobileNet
@testable import Research

/// The answers that commands get about a photo are those of the explainers.
@Suite struct ExplanationQuestionTests {
  private let researcher = Researcher(library: EmptyLibrary(), threads: 1)
  private let model: Numbered<Model>
  private let photo: Numbered<Photo>
  private let run: Numbered<Run>

  init() throws {
    let checkpoint = try Checkpoint.synthetic(Architecture(width: 0.25, classes: 6))
    model = researcher.number(Model(checkpoint: checkpoint, resolution: 64))
    photo = try researcher.answer(PhotoQuestion("Samples/Images/lemon.jpg", for: model))
    run = try #require(try researcher.answer(RunQuestion(model, photo)).run)
  }

  private func survey(
    _ methods: [ExplanationMethod], measuresCurves: Bool = true, seed: UInt64 = 1
  ) throws -> SurveyQuestion.Answer {
    var settings = Explainer.Settings()
    settings.seed = seed
    return try researcher.answer(
      SurveyQuestion(
        model, run, target: .logit(2), methods: methods, level: .input,
        measuresCurves: measuresCurves, settings: settings))
  }

  @Test func aSurveyHasEachMethodBesideChance() throws {
    let explainer = Explainer(try researcher.network(for: model), run.trace)
    let gradient = try #require(try explainer.explain(.logit(2), by: .gradient, at: .input))
    // It cannot look at the input: among others, it looks where it can.
    let map = try #require(try explainer.explain(.logit(2), by: .gradCAM))
    let found = try survey([.gradient, .gradCAM])
    #expect(
      found.entries.map(\.explanation.values.values) == [gradient.values.values, map.values.values])
    let chance = try #require(found.chance)
    #expect(chance.deletion == explainer.randomCurves(of: .logit(2)).deletion)
    #expect(try survey([.gradient], seed: 2).chance?.deletion != chance.deletion)
    #expect(try survey([.gradient], measuresCurves: false).chance == nil)
    #expect(throws: ExplanationError.needsLayer) { try survey([.gradCAM]) }
  }

  @Test func theFirstPictureThatReachesTheAimMayBeTheLast() throws {
    let answer = try #require(run.trace.predictions(top: 1).first?.classIndex)
    let aim = AdversarialExample.Aim.away(from: answer)
    func pictures(_ steps: ClosedRange<Int>, ends: Bool) throws -> [[UInt8]] {
      try researcher.answer(
        AdversarialQuestion(
          model, photo, aim: aim, rounds: 10, steps: steps, endsWhenReached: ends)
      ).map(\.pixels.bytes)
    }
    let all = try researcher.answer(
      AdversarialQuestion(model, photo, aim: aim, rounds: 10, steps: 1...12))
    let first = try #require(
      all.firstIndex { aim.isReached(by: $0.predictions.first?.classIndex) })
    #expect(all.count == 12 && first < 11)
    #expect(try pictures(1...12, ends: true) == all.prefix(first + 1).map(\.pixels.bytes))
    #expect(try pictures(5...5, ends: false) == [all[4].pixels.bytes])
  }

  @Test func aPictureIsDrawnAtTheSideAndInTheStepsThatAreAskedFor() throws {
    let target = Target.channelMean(layer: 6, channel: 1)
    for side in [64, 32] {
      let small = Model(checkpoint: model.checkpoint, resolution: Resolution(side: side))
      let drawn = try FeatureVisualization(
        try researcher.network(of: small), target: target, seed: 3)
      for _ in 0..<5 { try drawn.advance() }
      let found = try researcher.answer(
        VisualizationQuestion(model, target: target, seed: 3, side: side, steps: 5))
      #expect(found.step == 5 && found.pixels.bytes == drawn.pixels.bytes)
      #expect(found.value == drawn.value())
    }
  }
}
