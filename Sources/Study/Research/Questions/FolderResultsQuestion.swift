import Evaluation
import Folders
import Foundation
import MobileNet

/// A network's results on a folder of images whose classes are known.
public struct FolderResultsQuestion: Question {
  /// The results, or the reason why there are none.
  public enum Answer: Sendable {
    /// The results so far.
    case results(FolderResults)
    /// One line that names the folder and what was expected.
    case nothing(reason: String)
  }

  /// The work is a run for each image.
  public static let lane = Lane.measure
  /// The question concerns no frame of a stream.
  public static let holdsFrame = false
  /// The answer is small and slow to compute.
  public static let isKept = true
  /// The network.
  public let model: Numbered<Model>
  /// The folder of the images.
  public let folder: String
  /// The list of the images' classes; nil if there is a folder per class.
  public let list: String?

  /// The minimum number of seconds between two reports.
  private static let interval = 0.25
  /// The number of images that each thread classifies before it checks for cancellation.
  private static let part = 16

  /// Asks for the results of `model` on the images in `folder`, whose classes are named by `list`
  /// or by folders.
  public init(_ model: Numbered<Model>, folder: String, list: String? = nil) {
    self.model = model
    self.folder = folder
    self.list = list
  }

  /// The number of the network.
  public var modelNumber: Int? { model.number }

  /// Replaces every other question of this kind: who goes on to another network or folder does not
  /// come back.
  public func replaces(_ older: Self) -> Bool { self != older }

  /// Classifies one image after another.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) throws -> Answer {
    let found: LabelledImages
    do throws(FolderError) {
      found = try labelledImages()
    } catch {
      return .nothing(reason: "\(error)")
    }
    let threads = researcher.threads ?? ProcessInfo.processInfo.activeProcessorCount
    let evaluator = try Evaluator(
      model.checkpoint, resolution: model.resolution, threads: threads)
    let (images, part) = (found.images, Self.part * threads)
    var evaluation = Evaluation(answers: [])
    func results() -> Answer {
      .results(
        FolderResults(
          folder: folder, total: images.count, unknownFolders: found.unknownFolders,
          evaluation: evaluation))
    }
    try report(results())
    var reported = ContinuousClock.now
    for start in stride(from: 0, to: images.count, by: part) {
      try researcher.checkCancellation()
      evaluation += evaluator.evaluate(
        Array(images[start..<min(start + part, images.count)]))
      guard ContinuousClock.now - reported > .seconds(Self.interval) else { continue }
      try report(results())
      reported = .now
    }
    return results()
  }

  private func labelledImages() throws(FolderError) -> LabelledImages {
    let named: NamedImages
    if let list {
      named = try NamedImages(list: list, folder: folder)
    } else {
      named = try NamedImages(folder: folder)
    }
    return try LabelledImages(named, list: list, classes: ClassNames(model.checkpoint))
  }
}
