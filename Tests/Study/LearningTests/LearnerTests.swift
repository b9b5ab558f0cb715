import Catalogue
import Checkpoints
import Foundation
import MobileNet
import Tensors
import Testing

@testable import Learning

/// Learning from made-up features.
@Suite struct LearnerTests {
  static let example = LogisticRegressionTests.example(classes: 3, images: 90, width: 24)

  @Test func whatIsHeldBackIsAnsweredAndTheSeedDecides() throws {
    var options = Learner.Options()
    let result = try Learner.learn(Self.example, options)
    #expect(result.folds == 5)
    #expect(result.evaluation.answers.count == 90)
    // A third is guessed right by chance; these classes are told apart.
    #expect(try #require(result.accuracy) > 0.7)
    let again = try Learner.learn(Self.example, options)
    #expect(again.classifier.weights == result.classifier.weights)
    #expect(again.evaluation == result.evaluation)
    options.seed = 1
    #expect(try Learner.learn(Self.example, options).evaluation != result.evaluation)
  }

  /// Classes that say nothing about the features are guessed, and held-back images show it.
  @Test func whatCannotBeLearnedIsNotClaimed() throws {
    var random = SplitMix64(seed: 3)
    let images = Self.example.images.indices.map {
      TaughtImages.Image(name: "\($0)", classIndex: Int(random.next() % 3))
    }
    let guessed = TaughtImages(
      classes: Self.example.classes, images: images, features: Self.example.features)
    let result = try Learner.learn(guessed)
    #expect(try #require(result.accuracy) < 0.6)
    #expect(result.evaluation.calibration.error < 0.2)
  }

  @Test func aSingleClassIsRefused() {
    let one = TaughtImages(
      classes: ["cat"], images: [TaughtImages.Image(name: "cat/1", classIndex: 0)],
      features: FeatureTable(width: 2, views: 1, values: [1, 2]))
    #expect(throws: LearningError.classes(["cat"])) { try Learner.learn(one) }
  }

  /// Nothing can be held back of classes of one image, and still something is learned.
  @Test func oneImageOfEachClassIsEnough() throws {
    let taught = TaughtImages(
      classes: ["cat", "dog"],
      images: [
        TaughtImages.Image(name: "cat/1", classIndex: 0),
        TaughtImages.Image(name: "dog/1", classIndex: 1),
      ], features: FeatureTable(width: 2, views: 1, values: [1, 0, 0, 1]))
    let result = try Learner.learn(taught)
    #expect(result.folds == 0 && result.accuracy == nil && result.temperature == 1)
    let weights = result.classifier.weights
    #expect(weights[0] > weights[2] && weights[1] < weights[3])
  }

  /// A class of one image stays with those that are learned from; all others are tested once.
  @Test func foldsAreStratifiedAndKeepCopiesTogether() {
    let classes = [Int](repeating: 0, count: 20) + [Int](repeating: 1, count: 10) + [2]
    var groups = Array(classes.indices)
    groups[3] = 2
    groups[27] = 26
    let folds = Folds(classes: classes, groups: groups, seed: 7)
    #expect(folds.count == 5)
    #expect(folds.ofImage[30] == nil)
    #expect(folds.ofImage[3] == folds.ofImage[2] && folds.ofImage[27] == folds.ofImage[26])
    for fold in 0..<5 {
      let own = classes.indices.filter { folds.ofImage[$0] == fold }
      #expect(3...5 ~= own.count { classes[$0] == 0 })
      #expect(1...3 ~= own.count { classes[$0] == 1 })
    }
    #expect(folds != Folds(classes: classes, groups: groups, seed: 8))
  }

  @Test func copiesAreFoundMirroredOnesToo() {
    let table = FeatureTable(
      width: 2, views: 2,
      values: [1, 2, 3, 4, /**/ 5, 6, 7, 8, /**/ 3, 4, 1, 2, /**/ 5, 6, 7, 9])
    let duplicates = Duplicates(table)
    #expect(duplicates.groups == [0, 1, 0, 1])
    #expect(duplicates.copies.map(\.image) == [2, 3])
  }

  /// Two lessons come to the same as one with all images at once.
  @Test func addingLaterIsTheSameAsAllAtOnce() throws {
    let all = Self.example
    func part(_ isIn: (TaughtImages.Image) -> Bool) -> TaughtImages {
      let chosen = all.images.indices.filter { isIn(all.images[$0]) }
      let used = Set(chosen.map { all.images[$0].classIndex }).sorted()
      return TaughtImages(
        classes: used.map { all.classes[$0] },
        images: chosen.map {
          TaughtImages.Image(
            name: all.images[$0].name,
            classIndex: used.firstIndex(of: all.images[$0].classIndex) ?? 0)
        },
        features: FeatureTable(
          width: 24, views: 1, values: chosen.flatMap { Array(all.features.image($0)) }))
    }
    let first = part { $0.classIndex != 1 }
    let second = part { $0.classIndex == 1 || $0.name.hasSuffix("5") }
    let (sum, known) = first.adding(second)
    #expect(known == second.images.count { !$0.name.hasPrefix("class 1") })
    let sorted = all.adding(first).taught
    #expect(sum.classes == sorted.classes && sum.images == sorted.images)
    #expect(sum.features == sorted.features)
  }

  /// Images of taught classes are rarely called none of these; others are, most of the time.
  @Test func whatWasNotTaughtHasAnAnswerOfItsOwn() throws {
    // Each class has eight channels of its own, and the last eight are nobody's.
    func features(_ label: Int, _ image: Int) -> [Float] {
      Checkpoint.syntheticValues(32, seed: image, scale: 0.3).enumerated().map {
        abs($0.element) + ($0.offset / 8 == label ? 1 : 0)
      }
    }
    let images = (0..<90).map { TaughtImages.Image(name: "\($0)", classIndex: $0 % 3) }
    let taught = TaughtImages(
      classes: ["a", "b", "c"], images: images,
      features: FeatureTable(
        width: 32, views: 1, values: images.indices.flatMap { features($0 % 3, $0) }))
    var options = Learner.Options()
    options.hasUnknown = true
    let result = try Learner.learn(taught, options)
    #expect(result.labels == ["a", "b", "c", "none of these"])
    #expect(result.evaluation.answers.count == 90)
    #expect(try #require(result.falseAlarms) <= 0.05)
    func answer(_ row: [Float]) -> Int {
      let logits = (0..<4).map { index in
        zip(row, result.classifier.weights[(index * 32)...]).reduce(
          result.classifier.biases[index]
        ) { $0 + $1.0 * $1.1 }
      }
      return logits.indices.max { logits[$0] < logits[$1] } ?? 0
    }
    let strangers = (200..<250).map { answer(features(3, $0)) }
    #expect(strangers.count { $0 == 3 } >= 45)
    #expect((200..<250).count { answer(features($0 % 3, $0)) == $0 % 3 } >= 45)

    let named = TaughtImages(
      classes: ["a", "b", "none of these"], images: images, features: taught.features)
    #expect(throws: LearningError.unknownIsTaught) { try Learner.learn(named, options) }
  }

  @Test func theFileKeepsWhatMoreIsAddedTo() throws {
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let network = try Checkpoint.synthetic(Architecture(width: 0.25, classes: 10))
    let taught = LogisticRegressionTests.example(classes: 3, images: 12, width: 256)
    let learned = try network.replacing(
      name: "mine", resolution: 96, classifier: try Learner.learn(taught).classifier,
      labels: taught.classes, accuracy: [], provenance: [])
    try CheckpointWriter.write(
      learned, to: path, supplement: TaughtFile.supplement(taught))
    let read = try CheckpointReader.read(path: path)
    #expect(read.labels == taught.classes && read.resolution == 96)
    #expect(TaughtFile.isTaught(path: path))
    let again = try TaughtFile.read(read, path: path)
    #expect(again.images.images == taught.images && again.images.features == taught.features)
    #expect(!again.hasUnknown)
    #expect(try read.withoutClassifier().digest() == network.withoutClassifier().digest())
    #expect(read.digest() != network.digest())

    try CheckpointWriter.write(learned, to: path)
    #expect(throws: LearningError.notTaught(path: path)) { try TaughtFile.read(read, path: path) }
  }
}
