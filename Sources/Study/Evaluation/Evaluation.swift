/// How a network did on labelled images: everything that is asked about it follows from the answers.
public struct Evaluation: Equatable, Sendable {
  /// An image that was not classified.
  public struct Unreadable: Equatable, Sendable {
    /// The image, by its path from the folder on.
    public let image: String
    /// One line that says why not.
    public let reason: String

    /// States why `image` was not classified.
    public init(image: String, reason: String) {
      self.image = image
      self.reason = reason
    }
  }

  /// The answers, in the order of the images.
  public private(set) var answers: [ImageResult]
  /// The images that could not be read, in order.
  public private(set) var unreadable: [Unreadable]

  /// Takes what was answered to some images.
  public init(answers: [ImageResult], unreadable: [Unreadable] = []) {
    self.answers = answers
    self.unreadable = unreadable
  }

  /// Adds what was answered to images that come behind.
  public static func += (evaluation: inout Evaluation, others: Evaluation) {
    evaluation.answers += others.answers
    evaluation.unreadable += others.unreadable
  }

  /// How often the truth was among the first `count` answers, 0…1.
  public func share(top count: Int) -> Double {
    let right = answers.count { $0.truthRank <= count }
    return answers.isEmpty ? 0 : Double(right) / Double(answers.count)
  }

  /// How a single class did.
  public struct ClassResult: Equatable, Sendable {
    /// The class, in the checkpoint's numbering.
    public let classIndex: Int
    /// The images that show it.
    public let images: Int
    /// Those that were called by it.
    public let right: Int
    /// All that were called by it, images of other classes too.
    public let answered: Int

    /// The share of its images that were found, 0…1: its recall.
    public var recall: Double { images == 0 ? 0 : Double(right) / Double(images) }
    /// The share of what was called by it that shows it, 0…1; nil when nothing was.
    public var precision: Double? { answered == 0 ? nil : Double(right) / Double(answered) }
  }

  /// The classes that some image shows, the worst first; of equals, the lower number.
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

  /// A class that was taken for another.
  public struct Confusion: Hashable, Sendable {
    /// What the images show.
    public let truth: Int
    /// What was answered.
    public let answer: Int
    /// How many images.
    public let images: Int
  }

  /// The cells of the confusion matrix beside its diagonal that are not zero, the largest first.
  public var confusions: [Confusion] {
    var counts: [[Int]: Int] = [:]
    for answer in answers where !answer.isRight {
      counts[[answer.truth, answer.answer], default: 0] += 1
    }
    return counts.map { Confusion(truth: $0.key[0], answer: $0.key[1], images: $0.value) }
      .sorted { (-$0.images, $0.truth, $0.answer) < (-$1.images, $1.truth, $1.answer) }
  }

  /// The answers that were wrong, those in which the network was surest first.
  public var wrong: [ImageResult] { answers.filter { !$0.isRight }.sorted(by: ImageResult.isSurer) }

  /// The answers to images of class `truth` that were called `answer`, the surest first.
  public func answers(to truth: Int, called answer: Int) -> [ImageResult] {
    answers.filter { $0.truth == truth && $0.answer == answer }.sorted(by: ImageResult.isSurer)
  }

  /// The answers to images of class `truth`, those that were wrong first, and of either the surest.
  public func answers(to truth: Int) -> [ImageResult] {
    let own = answers.filter { $0.truth == truth }.sorted(by: ImageResult.isSurer)
    return own.filter { !$0.isRight } + own.filter(\.isRight)
  }

  /// How well the probabilities of the answers tell how often they are right.
  public var calibration: Calibration { calibration(bins: 15) }

  /// The same with another number of bins.
  public func calibration(bins: Int) -> Calibration {
    Calibration(
      answers.map { (confidence: Double($0.confidence), isRight: $0.isRight) }, bins: bins)
  }
}
