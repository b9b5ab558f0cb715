import Images
import Learning
import Lessons
import MobileNet

/// What comes of teaching a network two classes that are always on a ground of their own.
public struct BackgroundQuestion: Question {
  /// The work is many runs, which may take seconds.
  public static let lane = Lane.measure
  /// The answer is small and slow to compute.
  public static let isKept = true
  /// The network.
  public let model: Numbered<Model>

  /// Asks what `model` learns.
  public init(_ model: Numbered<Model>) { self.model = model }

  /// Makes pictures of bundled ones, teaches and tests; throws where those are not there.
  public func answer(
    _ researcher: Researcher, report: (BackgroundOutcome) throws -> Void
  ) throws -> BackgroundOutcome {
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
    let experiment = try BackgroundExperiment(
      model.checkpoint, resolution: model.resolution, threads: researcher.threads,
      sides: [
        BackgroundExperiment.Side("lemon", lemon, on: grass),
        BackgroundExperiment.Side("orange", orange, on: wood),
      ])
    return try experiment.run { try researcher.checkCancellation() }
  }
}

extension Pixels {
  /// The rows in `share` of the height, all columns of each.
  fileprivate func part(rows share: Range<Double>) -> Pixels {
    let rows = Int(share.lowerBound * Double(height))..<Int(share.upperBound * Double(height))
    return Pixels(
      width: width, height: rows.count,
      bytes: Array(bytes[3 * width * rows.lowerBound..<3 * width * rows.upperBound]))
  }
}
