import Folders
import MobileNet

/// A network's result for an image whose class is known.
public struct ImageResult: Equatable, Sendable {
  /// The image's path, relative to the folder.
  public let image: String
  /// The class that the image shows.
  public let truth: Int
  /// The most likely class; among equals, the lowest.
  public let answer: Int
  /// The probability of the answer, 0…1.
  public let confidence: Float
  /// The probability of the true class, 0…1.
  public let truthProbability: Float
  /// The rank of the true class by probability, from 1; among equals, the lower class comes first.
  public let truthRank: Int

  /// Whether the answer is the truth.
  public var isRight: Bool { truthRank == 1 }

  /// Whether `first` has a higher confidence than `second`; among equals, the path decides.
  static func isSurer(_ first: ImageResult, _ second: ImageResult) -> Bool {
    (second.confidence, first.image) < (first.confidence, second.image)
  }

  /// Creates the result of `image` from `probabilities`, one per class.
  init(_ image: LabelledImages.Image, _ probabilities: [Float]) {
    self.init(
      image: image.name, truth: image.classIndex, probabilities: probabilities)
  }

  /// Creates the result of an image of class `truth` from `probabilities`, one per class.
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
