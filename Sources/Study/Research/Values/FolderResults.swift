import Evaluation

/// How a network does on the images of a folder whose classes are known, so far.
public struct FolderResults: Sendable {
  /// Where the images' paths begin.
  public let folder: String
  /// The images that were classified, or could not be read.
  public let done: Int
  /// All images.
  public let total: Int
  /// The folders that are called like no class of the network.
  public let unknownFolders: [String]
  /// What was answered.
  public let evaluation: Evaluation
  /// The classes, the worst first.
  public let classes: [Evaluation.ClassResult]
  /// What was taken for what, the most frequent first.
  public let confusions: [Evaluation.Confusion]
  /// The wrong answers, the surest first.
  public let wrong: [ImageResult]
  /// How well the probabilities tell how often answers are right.
  public let calibration: Calibration

  /// Works out what follows from `evaluation` of the first images of `total` in `folder`.
  public init(
    folder: String, total: Int, unknownFolders: [String] = [], evaluation: Evaluation
  ) {
    self.folder = folder
    self.total = total
    self.unknownFolders = unknownFolders
    self.evaluation = evaluation
    done = evaluation.answers.count + evaluation.unreadable.count
    classes = evaluation.classes
    confusions = evaluation.confusions
    wrong = evaluation.wrong
    calibration = evaluation.calibration
  }
}
