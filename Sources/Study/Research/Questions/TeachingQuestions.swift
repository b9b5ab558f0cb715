import Files
import Foundation
import Learning
import MobileNet

/// The collection of pictures that a person sorted into classes, as last saved.
public struct CollectionQuestion: Question {
  /// The collection and its folder.
  public struct Answer: Equatable, Sendable {
    /// The folder that keeps the collection.
    public let folder: CollectionFolder
    /// The pictures and their classes.
    public let collection: PictureCollection

    /// Creates the answer.
    public init(folder: CollectionFolder, collection: PictureCollection) {
      self.folder = folder
      self.collection = collection
    }
  }

  /// The work reads the disk.
  public static let lane = Lane.disk
  /// The question concerns no frame of a stream.
  public static let holdsFrame = false

  /// Asks for the collection.
  public init() {}

  /// Opens the folder mobilenet-explorer/taught in $XDG_STATE_HOME; throws a `CollectionError` if
  /// it cannot be used.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) throws -> Answer {
    let folder = try CollectionFolder(UserFolder.state.path() + "/taught")
    return Answer(folder: folder, collection: try folder.read())
  }
}

/// The last layer that a network learns from a collection of pictures.
///
/// The answer is that of `learn` for a folder with the same pictures. A last layer without
/// cross-validation is reported at once; the answer is the one with it.
public struct TeachingQuestion: Question {
  /// The progress of learning.
  public struct Answer: Sendable {
    /// The number of pictures that the network has seen.
    public let done: Int
    /// The number of all pictures.
    public let total: Int
    /// The pictures that could not be used, with the reasons.
    public let leftOut: [String: String]
    /// The learned layer; nil if fewer than two classes have pictures, or if none is learned yet.
    public let learned: Numbered<Learned>?

    /// Creates an answer.
    public init(
      done: Int, total: Int, leftOut: [String: String] = [:], learned: Numbered<Learned>? = nil
    ) {
      self.done = done
      self.total = total
      self.leftOut = leftOut
      self.learned = learned
    }
  }

  /// The work is many runs if there are many pictures.
  public static let lane = Lane.measure
  /// The stream goes on while classes are taught.
  public static let holdsFrame = false
  /// The network whose last layer is to be replaced.
  public let model: Numbered<Model>
  /// The pictures.
  public let collection: PictureCollection
  /// The folder that keeps the collection.
  public let folder: CollectionFolder
  /// The features computed so far.
  private let memory: FeatureMemory

  /// Asks for the last layer that `model` learns from `collection`, which is kept in `folder`.
  public init(
    _ model: Numbered<Model>, _ collection: PictureCollection, in folder: CollectionFolder,
    memory: FeatureMemory
  ) {
    self.model = model
    self.collection = collection
    self.folder = folder
    self.memory = memory
  }

  /// Replaces the question without the newest picture, whose last layer answers meanwhile.
  public func replaces(_ older: TeachingQuestion) -> Bool { model == older.model }

  /// Computes the features of new pictures, learns, and cross-validates.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) throws -> Answer {
    let entries = collection.entries
    let (table, outcomes) = try memory.features(
      of: entries.map { folder.path(of: $0.picture) }, model, threads: researcher.threads
    ) { try report(Answer(done: $0, total: entries.count)) }
    var leftOut: [String: String] = [:]
    var kept: [(name: String, className: String, values: [Float])] = []
    for entry in entries {
      switch outcomes[folder.path(of: entry.picture)] {
      case .success(let values) where values.allSatisfy(\.isFinite):
        kept.append((entry.name, entry.className, values))
      case .success: leftOut[entry.picture] = "\(entry.name): the network overflows on it"
      case .failure(let error): leftOut[entry.picture] = "\(error)"
      case nil: break
      }
    }
    func answer(_ learned: Numbered<Learned>?) -> Answer {
      Answer(done: entries.count, total: entries.count, leftOut: leftOut, learned: learned)
    }
    let taught = TaughtImages(kept, width: table.width, views: table.views)
    guard taught.classes.count >= 2 else { return answer(nil) }
    func learned(_ options: Learner.Options) throws -> Numbered<Learned> {
      researcher.number(
        Learned(
          taught, try Learner.learn(taught, options), network: model.checkpoint,
          resolution: model.resolution))
    }
    var options = Learner.Options()
    options.threads = researcher.threads ?? Network.defaultImageThreads
    var untested = options
    untested.folds = 0
    try report(answer(try learned(untested)))
    // While pictures come quickly, nobody reads the accuracy.
    Thread.sleep(forTimeInterval: 0.3)
    try researcher.checkCancellation()
    return answer(try learned(options))
  }
}
