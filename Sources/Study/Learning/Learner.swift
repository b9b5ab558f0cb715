import Evaluation
import Foundation
import MobileNet

/// Teaches a network other classes: its last layer is fitted to images that somebody sorted.
public struct Learner: Sendable {
  /// How to learn.
  public struct Options: Sendable {
    /// The penalty's C; the one that cross-validation finds best, without one.
    public var strength: Double?
    /// What decides which images are held back together.
    public var seed: UInt64 = 0
    /// The most parts that are held back in turn; 0 tests nothing, which is quick.
    public var folds = 5
    /// Whether there is an answer for what was not taught.
    public var hasUnknown = false
    /// Whether probabilities are corrected so that they are right on average.
    public var isCalibrated = true
    /// The threads to compute on.
    public var threads = 1

    /// The usual way.
    public init() {}
  }

  /// What was learned, and how well.
  public struct Result: Sendable {
    /// The new last layer.
    public let classifier: LayerWeights
    /// The names of its classes: those that were taught and, if asked for, one for all else.
    public let labels: [String]
    /// Whether there is one for all else.
    public let hasUnknown: Bool
    /// The C that it was fitted with.
    public let strength: Double
    /// What its logits were divided by.
    public let temperature: Double
    /// The parts that were held back in turn; 0 where there were too few images for that.
    public let folds: Int
    /// The answers to images while they were held back.
    public let evaluation: Evaluation
    /// The standard deviation of the folds' accuracies, 0…1.
    public let spread: Double
    /// Images that are copies of another, with that one.
    public let copies: [(image: TaughtImages.Image, of: TaughtImages.Image)]

    /// The share of held-back images that was right, 0…1; nil where none was held back.
    public var accuracy: Double? {
      evaluation.answers.isEmpty ? nil : evaluation.share(top: 1)
    }

    /// The share of held-back images that was called none of what was taught, 0…1; nil where there is
    /// no such answer, or none was held back.
    public var falseAlarms: Double? {
      guard hasUnknown, !evaluation.answers.isEmpty else { return nil }
      let called = evaluation.answers.count { $0.answer == labels.count - 1 }
      return Double(called) / Double(evaluation.answers.count)
    }
  }

  /// The strength where nothing can be held back: a penalty of a hundredth for features whose mean
  /// square is one, in the middle of what is best for most sets.
  private static let penalty = 0.01

  /// Learns from `taught`; `progress` hears of each search for a minimum.
  public static func learn(
    _ taught: TaughtImages, _ options: Options = Options(), progress: (Int) -> Void = { _ in }
  ) throws(LearningError) -> Result {
    guard taught.classes.count >= 2 else { throw .classes(taught.classes) }
    if options.hasUnknown, taught.classes.contains(Outliers.name) { throw .unknownIsTaught }
    let duplicates = Duplicates(taught.features)
    let examples = Examples(
      taught, groups: duplicates.groups,
      outliers: options.hasUnknown
        ? Outliers.features(like: taught.features, seed: options.seed) : nil)
    let regression = LogisticRegression(
      examples.features, rowClasses: examples.rowClasses, classes: examples.classes,
      threads: options.threads)
    let folds = Folds(
      classes: examples.imageClasses, groups: examples.groups, most: options.folds,
      seed: options.seed)
    let weights = examples.rowWeights()
    let validation =
      folds.count == 0
      ? nil
      : CrossValidation(
        regression, examples, taught, folds: folds, options, progress: progress)
    let strength =
      options.strength ?? validation?.strength
      ?? regression.strength(penalty: Self.penalty, rowWeights: weights)
    var parameters = regression.fit(
      c: strength, rowWeights: weights, from: validation?.start ?? regression.start,
      tolerance: 1e-12)
    // The last parameter is the bias of the last class.
    parameters[parameters.count - 1] += validation?.shift ?? 0
    let temperature = validation?.temperature ?? 1
    let head = regression.head(parameters, temperature: temperature)
    return Result(
      classifier: LayerWeights(weights: head.weights, biases: head.biases),
      labels: taught.classes + (options.hasUnknown ? [Outliers.name] : []),
      hasUnknown: options.hasUnknown, strength: strength,
      temperature: temperature, folds: folds.count,
      evaluation: validation?.evaluation ?? Evaluation(answers: []),
      spread: validation?.spread ?? 0,
      copies: duplicates.copies.map { (taught.images[$0.image], taught.images[$0.of]) })
  }
}

/// Why nothing can be learned.
public enum LearningError: Error, Equatable, CustomStringConvertible {
  /// There are not two classes to tell apart.
  case classes([String])
  /// There is a taught class of the name that all else has.
  case unknownIsTaught
  /// The file has no images that more could be added to.
  case notTaught(path: String)
  /// What the file keeps of the images that taught it is damaged.
  case damaged(path: String, problem: String)

  /// One line that says what was expected.
  public var description: String {
    switch self {
    case .classes(let names):
      let found = names.first.map { "only \"\($0)\" has images" } ?? "no class has an image"
      return "\(found); there must be two classes to tell apart"
    case .unknownIsTaught:
      return "\"\(Outliers.name)\" is taught as a class; leave out --unknown"
    case .notTaught(let path):
      return "\(path): was not made by learn, or without keeping what more can be added to"
    case .damaged(let path, let problem):
      return "\(path): what it keeps of its images is damaged: \(problem)"
    }
  }
}
