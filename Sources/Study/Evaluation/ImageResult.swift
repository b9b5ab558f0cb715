import Folders
import MobileNet

/// What a network said about an image whose class is known.
public struct ImageResult: Equatable, Sendable {
  /// The image, by its path from the folder on.
  public let image: String
  /// The class that it shows.
  public let truth: Int
  /// The most likely class; of equals, the lowest.
  public let answer: Int
  /// How likely the answer is, 0…1.
  public let confidence: Float
  /// How likely the true class is, 0…1.
  public let truthProbability: Float
  /// The place of the true class among all, from 1; of equals, the lower class comes first.
  public let truthRank: Int

  /// Whether the answer is the truth.
  public var isRight: Bool { truthRank == 1 }

  /// Whether the network was surer of `first` than of `second`; of equals, the first path.
  static func isSurer(_ first: ImageResult, _ second: ImageResult) -> Bool {
    (second.confidence, first.image) < (first.confidence, second.image)
  }

  /// What `probabilities`, one for each class, say about `image`.
  init(_ image: LabelledImages.Image, _ probabilities: [Float]) {
    self.init(
      image: image.name, truth: image.classIndex, probabilities: probabilities)
  }

  /// What `probabilities`, one for each class, say about an image of class `truth`.
  public init(image: String, truth: Int, probabilities: [Float]) {
    let own = probabilities[truth]
    let before = probabilities.enumerated().count {
      $0.element > own || ($0.element == own && $0.offset < truth)
    }
    let best = Prediction.top(1, of: probabilities)[0]
    self.image = image
    self.truth = truth
    answer = best.classIndex
    confidence = best.probability
    truthProbability = own
    truthRank = before + 1
  }
}
