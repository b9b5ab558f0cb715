/// A network's results on labelled images; every figure is computed from them.
public struct Evaluation: Equatable, Sendable {
  /// An image that was not classified.
  public struct Unreadable: Equatable, Sendable {
    /// The path of the image, relative to the folder.
    public let image: String
    /// The reason, on one line.
    public let reason: String

    /// Creates the note that `image` was not classified for `reason`.
    public init(image: String, reason: String) {
      self.image = image
      self.reason = reason
    }
  }

  /// The results of classified images, in the order of the images.
  public private(set) var answers: [ImageResult]
  /// The images that could not be read, in order.
  public private(set) var unreadable: [Unreadable]

  /// Creates an evaluation from results.
  public init(answers: [ImageResult], unreadable: [Unreadable] = []) {
    self.answers = answers
    self.unreadable = unreadable
  }

  /// Appends the results of further images.
  public static func += (evaluation: inout Evaluation, others: Evaluation) {
    evaluation.answers += others.answers
    evaluation.unreadable += others.unreadable
  }

  /// The reason why no image was classified, on one line; nil if one was.
  public var failure: String? {
    guard answers.isEmpty, let first = unreadable.first else { return nil }
    let count = unreadable.count == 1 ? "the only image" : "none of \(unreadable.count) images"
    return "\(count) could \(unreadable.count == 1 ? "not " : "")be classified; \(first.reason)"
  }

  /// Returns the share of images whose true class is among the `count` most likely, 0…1.
  public func share(top count: Int) -> Double {
    let right = answers.count { $0.truthRank <= count }
    return answers.isEmpty ? 0 : Double(right) / Double(answers.count)
  }

  /// The results of a single class.
  public struct ClassResult: Equatable, Sendable {
    /// The class, in the checkpoint's numbering.
    public let classIndex: Int
    /// The number of images that show the class.
    public let images: Int
    /// The number of those images that were classified as this class.
    public let right: Int
    /// The number of all images classified as this class, including those of other classes.
    public let answered: Int

    /// The share of the class's images that were found, 0…1.
    public var recall: Double { images == 0 ? 0 : Double(right) / Double(images) }
    /// The share of the images classified as this class that show it, 0…1; nil if there are none.
    public var precision: Double? { answered == 0 ? nil : Double(right) / Double(answered) }
  }

  /// The classes that some image shows, by ascending recall; among equals, by index.
  public var classes: [ClassResult] {
    var counts: [Int: (images: Int, right: Int, answered: Int)] = [:]
    for answer in answers {
      counts[answer.truth, default: (0, 0, 0)].images += 1
      counts[answer.truth, default: (0, 0, 0)].right += answer.isRight ? 1 : 0
      counts[answer.answer, default: (0, 0, 0)].answered += 1
    }
    return counts.filter { $0.value.images > 0 }
      .map {
        ClassResult(
          classIndex: $0.key, images: $0.value.images, right: $0.value.right,
          answered: $0.value.answered)
      }
      .sorted { ($0.recall, $0.classIndex) < ($1.recall, $1.classIndex) }
  }

  /// A pair of classes of which the first was taken for the second.
  public struct Confusion: Hashable, Sendable {
    /// The class that the images show.
    public let truth: Int
    /// The class that was answered.
    public let answer: Int
    /// The number of images.
    public let images: Int
  }

  /// The nonzero cells of the confusion matrix off its diagonal, the largest first.
  public var confusions: [Confusion] {
    var counts: [[Int]: Int] = [:]
    for answer in answers where !answer.isRight {
      counts[[answer.truth, answer.answer], default: 0] += 1
    }
    return counts.map { Confusion(truth: $0.key[0], answer: $0.key[1], images: $0.value) }
      .sorted { (-$0.images, $0.truth, $0.answer) < (-$1.images, $1.truth, $1.answer) }
  }

  /// The wrong results, those of the highest confidence first.
  public var wrong: [ImageResult] { answers.filter { !$0.isRight }.sorted(by: ImageResult.isSurer) }

  /// Returns the results of images of class `truth` that were classified as `answer`, those of the
  /// highest confidence first.
  public func answers(to truth: Int, called answer: Int) -> [ImageResult] {
    answers.filter { $0.truth == truth && $0.answer == answer }.sorted(by: ImageResult.isSurer)
  }

  /// Returns the results of images of class `truth`, wrong before right and each by falling
  /// confidence.
  public func answers(to truth: Int) -> [ImageResult] {
    let own = answers.filter { $0.truth == truth }.sorted(by: ImageResult.isSurer)
    return own.filter { !$0.isRight } + own.filter(\.isRight)
  }

  /// The calibration of the answers, in 15 bins.
  public var calibration: Calibration { calibration(bins: 15) }

  /// Returns the calibration of the answers in `bins` bins.
  public func calibration(bins: Int) -> Calibration {
    Calibration(
      answers.map { (confidence: Double($0.confidence), isRight: $0.isRight) }, bins: bins)
  }
}
