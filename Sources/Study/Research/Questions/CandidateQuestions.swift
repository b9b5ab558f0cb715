import Comparison
import MobileNet

/// The candidates for a comparison with a network: the bundled ones at the paper's resolutions, and
/// the network itself.
public struct CandidatesQuestion: Question {
  /// The work reads the disk.
  public static let lane = Lane.disk
  /// The name or path of the network's weights.
  public let source: String
  /// The person's statements about the weights.
  public let said: Said
  /// The rows and columns of the network's input.
  public let resolution: Resolution

  /// Asks for the candidates to compare with `model`.
  public init(besides model: Model) {
    source = model.source
    said = model.said
    resolution = model.resolution
  }

  /// Combines the library's bundled networks with the network itself.
  public func answer(
    _ researcher: Researcher, report: ([Candidate]) throws -> Void
  ) -> [Candidate] {
    let bundled = Candidate.grid(researcher.library.bundledNames)
    let explored = Candidate(source, said: said, resolution: resolution)
    return bundled.contains(explored) ? bundled : [explored] + bundled
  }
}

/// A candidate's costs, and its answer for a photo.
public struct MeasurementQuestion: Question {
  /// The work is many runs, which may take seconds.
  public static let lane = Lane.measure
  /// The answer is small and slow to compute.
  public static let isKept = true
  /// The network at a resolution.
  public let candidate: Candidate
  /// The path of the photo.
  public let path: String
  private let photoNumber: Int
  /// The photo; nil once the question is answered.
  private var photo: Numbered<Photo>?

  /// Asks about `candidate` and `photo`, which lies at `path`.
  public init(_ candidate: Candidate, photo: Numbered<Photo>, path: String) {
    self.candidate = candidate
    self.path = path
    photoNumber = photo.number
    self.photo = photo
  }

  /// The question without the pixels of its photo.
  public var answered: Self {
    var question = self
    question.photo = nil
    return question
  }

  /// Whether candidate and photo are equal.
  public static func == (first: Self, second: Self) -> Bool {
    first.candidate == second.candidate && first.photoNumber == second.photoNumber
  }

  /// Hashes the candidate and the number of the photo.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(candidate)
    hasher.combine(photoNumber)
  }

  /// Replaces the question about the previous photo, as the same candidate has the same costs.
  public func replaces(_ older: Self) -> Bool { candidate == older.candidate }

  /// Runs the network several times; the shortest run counts.
  public func answer(
    _ researcher: Researcher, report: (Measurement) throws -> Void
  ) throws -> Measurement {
    let model = try researcher.model(of: candidate)
    let photo = try researcher.answer(PhotoQuestion(path, for: model, present: photo))
    return try Measurement(
      candidate, network: researcher.network(of: model.value), input: photo.prepared.tensor,
      goesOn: researcher.checkCancellation)
  }
}

/// The time that a network of another kind takes on this machine, in milliseconds.
public struct NetworkTimeQuestion: Question {
  /// The work is many runs, which may take seconds.
  public static let lane = Lane.measure
  /// The answer is small and slow to compute.
  public static let isKept = true
  /// The network.
  public let network: ComparedNetwork

  /// Asks about `network`.
  public init(_ network: ComparedNetwork) { self.network = network }

  /// Runs the network several times with synthetic weights; throws an `Unanswerable` if it has no
  /// layers to run.
  public func answer(_ researcher: Researcher, report: (Double) throws -> Void) throws -> Double {
    let time = try network.measure(
      threads: researcher.threads, goesOn: researcher.checkCancellation)
    guard let time else {
      throw Unanswerable("\(network.name): nothing of it can be run")
    }
    return time
  }
}
