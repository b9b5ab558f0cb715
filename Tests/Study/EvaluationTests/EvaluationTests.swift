import Testing

@testable import Evaluation

/// Answers that were made up, and figures about them that were worked out by hand.
@Suite struct EvaluationTests {
  /// Six images of three classes.
  static let evaluation = Evaluation(answers: [
    ImageResult(image: "a/1", truth: 0, probabilities: [0.7, 0.2, 0.1]),
    ImageResult(image: "a/2", truth: 0, probabilities: [0.1, 0.6, 0.3]),
    ImageResult(image: "a/3", truth: 0, probabilities: [0.2, 0.5, 0.3]),
    ImageResult(image: "b/1", truth: 1, probabilities: [0.1, 0.9, 0]),
    ImageResult(image: "c/1", truth: 2, probabilities: [0.4, 0.2, 0.4]),
    ImageResult(image: "c/2", truth: 2, probabilities: [0.1, 0, 0.9]),
  ])

  @Test func ranksCountFromOneAndOfEqualsTheLowerClassComesFirst() {
    #expect(Self.evaluation.answers.map(\.truthRank) == [1, 3, 3, 1, 2, 1])
    #expect(Self.evaluation.answers.map(\.answer) == [0, 1, 1, 1, 0, 2])
    #expect(Self.evaluation.share(top: 1) == 0.5)
    #expect(Self.evaluation.share(top: 2) == 4.0 / 6)
  }

  @Test func classesCountWhatIsFoundAndWhatIsCalledSo() {
    let classes = Self.evaluation.classes
    #expect(classes.map(\.classIndex) == [0, 2, 1])
    #expect(classes.map(\.images) == [3, 2, 1])
    #expect(classes.map(\.right) == [1, 1, 1])
    #expect(classes.map(\.precision) == [0.5, 1, 1.0 / 3])
  }

  @Test func theMostFrequentConfusionComesFirst() {
    #expect(
      Self.evaluation.confusions == [
        Evaluation.Confusion(truth: 0, answer: 1, images: 2),
        Evaluation.Confusion(truth: 2, answer: 0, images: 1),
      ])
    #expect(Self.evaluation.wrong.map(\.image) == ["a/2", "a/3", "c/1"])
  }

  @Test func imagesOfAConfusionComeTheSurestFirstAndThoseOfAClassTheWrongOnes() {
    let evaluation = Self.evaluation
    #expect(evaluation.answers(to: 0, called: 1).map(\.image) == ["a/2", "a/3"])
    #expect(evaluation.answers(to: 2, called: 1).isEmpty)
    #expect(evaluation.answers(to: 0).map(\.image) == ["a/2", "a/3", "a/1"])
    #expect(evaluation.answers(to: 2).map(\.image) == ["c/1", "c/2"])
  }

  @Test func partsComeToTheWhole() {
    var parts = Evaluation(answers: Array(Self.evaluation.answers.prefix(2)))
    parts += Evaluation(
      answers: Array(Self.evaluation.answers.dropFirst(2)),
      unreadable: [.init(image: "d", reason: "is empty")])
    #expect(parts.answers == Self.evaluation.answers && parts.unreadable.map(\.image) == ["d"])
  }

  /// Bins of a quarter: (0.25, 0.5] holds 0.3 wrong and 0.5 right, (0.75, 1] 0.8 right and 1 wrong.
  @Test func theCalibrationErrorIsTheMeanDistanceBinByBin() {
    let calibration = Calibration(
      [(0.3, false), (0.5, true), (0.8, true), (1, false)], bins: 4)
    #expect(calibration.bins.map(\.count) == [0, 2, 0, 2])
    #expect(abs(calibration.bins[1].confidence - 0.4) < 1e-12)
    #expect(calibration.bins[3].accuracy == 0.5)
    // (2 · |0.5 − 0.4| + 2 · |0.5 − 0.9|) / 4
    #expect(abs(calibration.error - 0.25) < 1e-12)
    #expect(abs(calibration.confidence - 0.65) < 1e-12)
    #expect(calibration.accuracy == 0.5)
  }

  @Test func ofNoAnswersNothingIsSaid() {
    let none = Evaluation(answers: [])
    #expect(none.share(top: 1) == 0 && none.calibration.error == 0 && none.classes.isEmpty)
  }
}
