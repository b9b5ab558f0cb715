import Evaluation

/// A network's results so far on a folder of images whose classes are known.
public struct FolderResults: Sendable {
  /// The folder that the images' paths are relative to.
  public let folder: String
  /// The number of images that were classified or could not be read.
  public let done: Int
  /// The number of all images.
  public let total: Int
  /// The folders whose names are no class of the network.
  public let unknownFolders: [String]
  /// The results of the images.
  public let evaluation: Evaluation
  /// The results of the classes, the worst first.
  public let classes: [Evaluation.ClassResult]
  /// The pairs of confused classes, the most frequent first.
  public let confusions: [Evaluation.Confusion]
  /// The wrong results, those of the highest confidence first.
  public let wrong: [ImageResult]
  /// The calibration of the results.
  public let calibration: Calibration

  /// Computes the lists from the `evaluation` of the first images of `total` in `folder`.
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
