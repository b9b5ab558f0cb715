import Files
import Foundation
import Learning
import MobileNet

/// The pictures that somebody sorted into classes, as they were left.
public struct CollectionQuestion: Question {
  /// The findings.
  public struct Answer: Equatable, Sendable {
    /// Where the collection is kept.
    public let folder: CollectionFolder
    /// What is in it.
    public let collection: PictureCollection

    /// States what is in `folder`.
    public init(folder: CollectionFolder, collection: PictureCollection) {
      self.folder = folder
      self.collection = collection
    }
  }

  /// Reads the disk.
  public static let lane = Lane.disk
  /// The question concerns no frame of a stream.
  public static let holdsFrame = false

  /// Asks for it.
  public init() {}

  /// Opens taught in $XDG_STATE_HOME/mobilenet-explorer; throws where it can't be used.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) throws -> Answer {
    let folder = try CollectionFolder(UserFolder.state.path() + "/taught")
    return Answer(folder: folder, collection: try folder.read())
  }
}

/// What a network learns from a collection of pictures.
///
/// The answer is that of `learn` for a folder with the same pictures. First comes a last layer that
/// was not tested, at once, and then the one that was.
public struct TeachingQuestion: Question {
  /// How far the learning has come.
  public struct Answer: Sendable {
    /// The pictures that the network has seen.
    public let done: Int
    /// All pictures.
    public let total: Int
    /// Pictures that could not be used, and why.
    public let leftOut: [String: String]
    /// What was learned; nil where there are no two classes to tell apart, or nothing yet.
    public let learned: Numbered<Learned>?

    /// States how far it has come.
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
  /// While classes are taught the stream goes on.
  public static let holdsFrame = false
  /// The network whose last layer is to be replaced.
  public let model: Numbered<Model>
  /// The pictures.
  public let collection: PictureCollection
  /// Where they are.
  public let folder: CollectionFolder
  /// The features that are known.
  private let memory: FeatureMemory

  /// Asks what `model` learns from `collection`, which is kept in `folder`.
  public init(
    _ model: Numbered<Model>, _ collection: PictureCollection, in folder: CollectionFolder,
    memory: FeatureMemory
  ) {
    self.model = model
    self.collection = collection
    self.folder = folder
    self.memory = memory
  }

  /// Until another picture is learned, the last layer without it answers.
  public func replaces(_ older: TeachingQuestion) -> Bool { model == older.model }

  /// Looks at what is new, learns, and tests what was learned.
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
    // While pictures come quickly nobody reads how good it is.
    Thread.sleep(forTimeInterval: 0.3)
    try researcher.checkCancellation()
    return answer(try learned(options))
  }
}
