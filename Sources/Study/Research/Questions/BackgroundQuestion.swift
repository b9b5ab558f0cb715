import Images
import Learning
import Lessons
import MobileNet

/// The progress and the outcome of teaching a network two classes, each of which is always on its own ground.
public struct BackgroundQuestion: Question {
  /// The work is many runs, which may take seconds.
  public static let lane = Lane.measure
  /// The answer is small and slow to compute.
  public static let isKept = true
  /// How far the experiment is, and what came of it once it is done.
  public struct Answer: Equatable, Sendable {
    /// How many pictures for each purpose the network has seen.
    public let progress: [BackgroundExperiment.Progress]
    /// What came of it; nil while pictures are seen, and learned.
    public let outcome: BackgroundOutcome?

    /// Creates an answer.
    public init(progress: [BackgroundExperiment.Progress], outcome: BackgroundOutcome?) {
      self.progress = progress
      self.outcome = outcome
    }
  }

  /// The network.
  public let model: Numbered<Model>

  /// Asks for the outcome with `model`.
  public init(_ model: Numbered<Model>) { self.model = model }

  /// The number of the network.
  public var modelNumber: Int? { model.number }

  /// Makes pictures from bundled ones, teaches and tests; throws if bundled pictures are missing.
  public func answer(
    _ researcher: Researcher, report: (Answer) throws -> Void
  ) throws -> Answer {
    let experiment = try BackgroundExperiment(
      model.checkpoint, resolution: model.resolution, threads: researcher.threads,
      sides: try Self.sides(researcher))
    var last: [BackgroundExperiment.Progress] = []
    let outcome = try experiment.run { progress in
      last = progress
      try report(Answer(progress: progress, outcome: nil))
    }
    return Answer(progress: last, outcome: outcome)
  }

  /// Reads the two classes, each with its own ground, from bundled pictures.
  static func sides(_ researcher: Researcher) throws -> [BackgroundExperiment.Side] {
    func sample(_ name: String) throws -> Pixels {
      try DecodedImage(contentsOf: researcher.library.samplePath(name)).pixels
    }
    let (grass, wood) = (
      try sample("umbrella").part(rows: 0.82..<1), try sample("banana").part(rows: 0..<0.19)
    )
    let lemon = BackgroundPictures.Thing(
      in: try sample("lemon"), x: 0.525, y: 0.51, radiusX: 0.325, radiusY: 0.25)
    let orange = BackgroundPictures.Thing(
      in: try sample("orange"), x: 0.55, y: 0.6, radiusX: 0.275, radiusY: 0.275)
    return [
      BackgroundExperiment.Side("lemon", lemon, on: grass),
      BackgroundExperiment.Side("orange", orange, on: wood),
    ]
  }
}

extension Pixels {
  /// Returns the rows in `share` of the height, with all columns.
  fileprivate func part(rows share: Range<Double>) -> Pixels {
    part(
      columns: 0..<width,
      rows: Int(share.lowerBound * Double(height))..<Int(share.upperBound * Double(height)))
  }
}
