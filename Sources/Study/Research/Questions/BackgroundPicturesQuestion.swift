import Images
import Learning
import MobileNet

/// Eight of the pictures of such an experiment: both classes in turn on their own grounds, then exchanged.
public struct BackgroundPicturesQuestion: Question {
  /// A few pictures are made at once, while the experiment takes seconds.
  public static let lane = Lane.compute
  /// The pictures are the same for all photos.
  public static let isKept = true
  /// The pictures' seed: with another one, things and grounds lie elsewhere.
  private static let seed: UInt64 = 7
  /// The grounds of the two classes, own and exchanged.
  private static let pairs = [[(0, 0), (1, 1)], [(0, 1), (1, 0)]]
  private let resolution: Resolution

  /// Asks for pictures of `resolution`.
  public init(_ resolution: Resolution) { self.resolution = resolution }

  /// Makes the pictures; throws if bundled ones are missing.
  public func answer(
    _ researcher: Researcher, report: ([Pixels]) throws -> Void
  ) throws -> [Pixels] {
    let sides = try BackgroundQuestion.sides(researcher)
    var pictures = BackgroundPictures(size: resolution, seed: Self.seed)
    return Self.pairs.flatMap { $0 + $0 }.map { thing, ground in
      pictures.next(sides[thing].thing, on: sides[ground].ground).pixels
    }
  }
}
