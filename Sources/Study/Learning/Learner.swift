import Evaluation
import Foundation
import MobileNet

/// Teaches a network other classes: fits its last layer to images that a person sorted.
public struct Learner: Sendable {
  /// The options of learning.
  public struct Options: Sendable {
    /// The penalty's C; nil takes the one that cross-validation finds best.
    public var strength: Double?
    /// The seed of the folds and the outliers.
    public var seed: UInt64 = 0
    /// The maximum number of folds; 0 skips cross-validation, which is quick.
    public var folds = 5
    /// Whether there is a class for images of anything else.
    public var hasUnknown = false
    /// Whether the probabilities are calibrated.
    public var isCalibrated = true
    /// The number of threads.
    public var threads = 1

    /// Creates the default options.
    public init() {}
  }

  /// The learned layer and its accuracy.
  public struct Result: Sendable {
    /// The new last layer.
    public let classifier: LayerWeights
    /// The names of the layer's classes: the taught ones and, if asked for, one for anything else.
    public let labels: [String]
    /// Whether the last class stands for anything else.
    public let hasUnknown: Bool
    /// The C that the layer was fitted with.
    public let strength: Double
    /// The divisor of the logits that calibrates the probabilities.
    public let temperature: Double
    /// The number of folds; 0 without cross-validation.
    public let folds: Int
    /// The results of images while they were held back.
    public let evaluation: Evaluation
    /// The standard deviation of the folds' accuracies, 0…1.
    public let spread: Double
    /// The images that are copies, each with the image that it copies.
    public let copies: [(image: TaughtImages.Image, of: TaughtImages.Image)]

    /// The share of right results among held-back images, 0…1; nil if none was held back.
    public var accuracy: Double? {
      evaluation.answers.isEmpty ? nil : evaluation.share(top: 1)
    }

    /// The share of held-back images that were taken for something not taught, 0…1; nil if there is
    /// no such class, or if no image was held back.
    public var falseAlarms: Double? {
      guard hasUnknown, !evaluation.answers.isEmpty else { return nil }
      let called = evaluation.answers.count { $0.answer == labels.count - 1 }
      return Double(called) / Double(evaluation.answers.count)
    }
  }

  /// The penalty without cross-validation: a hundredth, for features with a mean square of one,
  /// which is in the middle of what is best for most sets.
  private static let penalty = 0.01

  /// Learns from `taught`; `progress` receives the number of searches for a minimum so far.
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

/// The reasons why nothing can be learned.
public enum LearningError: Error, Equatable, CustomStringConvertible {
  /// Fewer than two classes have images.
  case classes([String])
  /// A taught class has the name of the class for anything else.
  case unknownIsTaught
  /// The file keeps no images to which more could be added.
  case notTaught(path: String)
  /// The file's record of the images that taught it is damaged.
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
