import Comparison
import MobileNet

/// What can be compared with a network: what is bundled at the paper's sides, and itself.
public struct CandidatesQuestion: Question {
  /// Reads the disk.
  public static let lane = Lane.disk
  /// The name or path of the network's weights.
  public let source: String
  /// What the person says of them.
  public let said: Said
  /// Its input side.
  public let resolution: Resolution

  /// Asks what can be compared with `model`.
  public init(besides model: Model) {
    source = model.source
    said = model.said
    resolution = model.resolution
  }

  /// Asks the library what is bundled.
  public func answer(
    _ researcher: Researcher, report: ([Candidate]) throws -> Void
  ) -> [Candidate] {
    let bundled = Candidate.grid(researcher.library.bundledNames)
    let explored = Candidate(source, said: said, resolution: resolution)
    return bundled.contains(explored) ? bundled : [explored] + bundled
  }
}

/// What a candidate costs, and what it says about a photo.
public struct MeasurementQuestion: Question {
  /// The work is many runs, which may take seconds.
  public static let lane = Lane.measure
  /// The answer is small and slow to compute.
  public static let isKept = true
  /// The network at a resolution.
  public let candidate: Candidate
  /// The photo.
  public let photo: Numbered<Photo>
  /// Where it is.
  public let path: String

  /// Asks about `candidate` and `photo`, which lies at `path`.
  public init(_ candidate: Candidate, photo: Numbered<Photo>, path: String) {
    self.candidate = candidate
    self.photo = photo
    self.path = path
  }

  /// The same candidate and the photo before: its costs are the same.
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

/// How long a network of another kind takes here, in milliseconds.
public struct NetworkTimeQuestion: Question {
  /// The work is many runs, which may take seconds.
  public static let lane = Lane.measure
  /// The answer is small and slow to compute.
  public static let isKept = true
  /// The network.
  public let network: ComparedNetwork

  /// Asks about `network`.
  public init(_ network: ComparedNetwork) { self.network = network }

  /// Runs the network several times with made-up weights; throws where nothing of it can be run.
  public func answer(_ researcher: Researcher, report: (Double) throws -> Void) throws -> Double {
    let time = try network.measure(
      threads: researcher.threads, goesOn: researcher.checkCancellation)
    guard let time else {
      throw Unanswerable("\(network.name): nothing of it can be run")
    }
    return time
  }
}
