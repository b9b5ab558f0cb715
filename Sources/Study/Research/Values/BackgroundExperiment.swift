import Images
import Learning
import Lessons
import MobileNet
import Tensors

/// An experiment with a spurious correlation and its cure: a last layer learned from pictures whose
/// ground gives the class away, and another learned from better pictures.
///
/// Each class is always on its own ground while it is learned; then the grounds are exchanged.
public struct BackgroundExperiment {
  /// A class: its name, the thing that it shows, and its ground.
  public struct Side {
    let name: String
    let thing: BackgroundPictures.Thing
    let ground: Pixels

    /// Creates a class called `name` that shows `thing` on `ground`.
    public init(_ name: String, _ thing: BackgroundPictures.Thing, on ground: Pixels) {
      self.name = name
      self.thing = thing
      self.ground = ground
    }
  }

  private let network: Network
  private let backbone: Checkpoint
  private let sides: [Side]

  /// The numbers of pictures per class: to learn from, to cure, and to test.
  private static let (learned, cure, tests) = (12, 4, 12)

  /// Prepares to learn two `sides` from features of `checkpoint` at `resolution`.
  public init(
    _ checkpoint: Checkpoint, resolution: Resolution, threads: Int?, sides: [Side]
  ) throws {
    backbone = try checkpoint.withoutClassifier()
    network = try Network(backbone, resolution: resolution, threads: threads)
    self.sides = sides
  }

  /// A picture that the network has seen.
  private struct Seen {
    let classIndex: Int
    let features: [Float]
    /// The output of the last layer before pooling.
    let map: Tensor
    /// The share of each place of `map` that the thing covers, 0…1.
    let cover: [Double]
  }

  /// What some pictures are for, in the order in which the network sees them.
  public enum Purpose: String, CaseIterable, Sendable {
    case learned, cure
    /// Tests with the grounds as learned.
    case same
    /// Tests with the grounds exchanged.
    case exchanged

    /// The number of pictures of each class.
    var count: Int {
      switch self {
      case .learned: BackgroundExperiment.learned
      case .cure: BackgroundExperiment.cure
      case .same, .exchanged: BackgroundExperiment.tests
      }
    }

    /// Whether each class is on the other's ground.
    public var isExchanged: Bool { self == .cure || self == .exchanged }
  }

  /// How far an experiment is with the pictures for one purpose.
  public struct Progress: Equatable, Sendable {
    /// What the pictures are for.
    public let purpose: Purpose
    /// How many of them the network has seen.
    public var seen = 0
    /// The number of pictures for the purpose.
    public var total: Int { 2 * purpose.count }

    /// How far an experiment is that has not begun.
    public static let none = Purpose.allCases.map { Progress(purpose: $0) }
  }

  /// Learns, exchanges the grounds, and learns again; `proceed` hears before each picture how far it is,
  /// and stops the work by throwing.
  public func run(proceed: ([Progress]) throws -> Void) throws -> BackgroundOutcome {
    var pictures = BackgroundPictures(size: network.resolution, seed: 7)
    var trace: Trace?
    var progress = Progress.none
    func see(_ part: Int) throws -> [Seen] {
      let (count, exchanged) = (progress[part].purpose.count, progress[part].purpose.isExchanged)
      var seen: [Seen] = []
      for index in sides.indices {
        for _ in 0..<count {
          try proceed(progress)
          progress[part].seen += 1
          let ground = sides[exchanged ? 1 - index : index].ground
          let picture = pictures.next(sides[index].thing, on: ground)
          seen += look(at: picture, index, &trace).map { [$0] } ?? []
        }
      }
      return seen
    }
    let parts = try progress.indices.map(see)
    let (own, more, same, swapped) = (parts[0], parts[1], parts[2], parts[3])
    try proceed(progress)
    func round(_ taught: [Seen]) throws -> BackgroundOutcome.Round {
      let images = taught.enumerated().map { number, seen in
        (
          name: "\(sides[seen.classIndex].name)/\(number)",
          className: "\(seen.classIndex)", values: seen.features
        )
      }
      let table = TaughtImages(images, width: taught.first?.features.count ?? 1, views: 1)
      let result = try Learner.learn(table)
      let answer = Learned(
        table, result, network: backbone, resolution: network.resolution)
      func right(_ tests: [Seen]) -> Int {
        tests.count {
          let probabilities = answer.probabilities(of: $0.features)
          return probabilities.indices.max { probabilities[$0] < probabilities[$1] }
            == $0.classIndex
        }
      }
      return BackgroundOutcome.Round(
        heldBack: result.accuracy ?? 0, same: right(same), exchanged: right(swapped),
        onGround: share(onGround: same, result.classifier))
    }
    return BackgroundOutcome(
      classes: sides.map(\.name), learned: own.count, cure: more.count, tests: swapped.count,
      spurious: try round(own), cured: try round(own + more))
  }

  private func look(
    at picture: BackgroundPictures.Picture, _ index: Int, _ trace: inout Trace?
  ) -> Seen? {
    let size = network.resolution
    let preprocessing = backbone.preprocessing
    let prepared = PreparedInput(
      picture.pixels,
      fit: preprocessing.fit(width: size.width, height: size.height, resolution: size),
      resolution: size, preprocessing: preprocessing)
    network.run(prepared.tensor, reusing: &trace)
    guard let trace, let pooling = trace.layers.lastIndex(where: { $0.kind == .averagePooling }),
      pooling > 0
    else { return nil }
    let map = trace.output(at: pooling - 1)
    let (height, width) = (map.shape.height, map.shape.width)
    func covered(_ range: Range<Int>, _ place: Int, _ count: Int, of side: Int) -> Double {
      let from = Double(place * side) / Double(count)
      let to = Double((place + 1) * side) / Double(count)
      let both = min(to, Double(range.upperBound)) - max(from, Double(range.lowerBound))
      return max(0, both) / (to - from)
    }
    let cover = (0..<height * width).map {
      covered(picture.rows, $0 / width, height, of: size.height)
        * covered(picture.columns, $0 % width, width, of: size.width)
    }
    return Seen(
      classIndex: index, features: trace.output(at: pooling).values, map: map, cover: cover)
  }

  /// Returns the share of the evidence for the right class over the other that lies on the ground,
  /// 0…1.
  ///
  /// It is computed from a class activation map, place by place: Zhou and others, 2016.
  private func share(onGround seen: [Seen], _ classifier: LayerWeights) -> Double {
    var (ground, all) = (0.0, 0.0)
    for picture in seen {
      let own = classifier.weights(of: picture.classIndex)
      let other = classifier.weights(of: 1 - picture.classIndex)
      let weights = zip(own, other).map { Double($0) - Double($1) }
      let channels = picture.map.shape.channels
      let values = picture.map.values
      for place in picture.cover.indices {
        let added = (0..<channels).reduce(0.0) {
          $0 + weights[$1] * Double(values[place * channels + $1])
        }
        guard added > 0 else { continue }
        all += added
        ground += added * (1 - picture.cover[place])
      }
    }
    return all > 0 ? ground / all : 0
  }
}
