import Comparison
import MobileNet

/// The other side beside a network and its photo: another network, or another photo.
public struct CounterpartQuestion: Question {
  /// The network or the photo that differs on the other side.
  public enum Other: Hashable, Sendable {
    /// Another network, on the same photo.
    case network(Candidate)
    /// Another photo, in the same network.
    case photo(path: String)
  }

  /// The work is a run or two.
  public static let lane = Lane.compute
  /// The network or the photo that differs on the other side.
  public let other: Other
  /// The network on this side.
  public let model: Numbered<Model>
  /// The photo on this side.
  public let photo: Numbered<Photo>
  /// The path of that photo.
  public let path: String
  /// The run on this side.
  public let run: Numbered<Run>

  /// Asks for `other`, beside `run` of `model` on `photo`, which lies at `path`.
  public init(
    _ other: Other, besides model: Numbered<Model>, _ photo: Numbered<Photo>, path: String,
    run: Numbered<Run>
  ) {
    self.other = other
    self.model = model
    self.photo = photo
    self.path = path
    self.run = run
  }

  /// Replaces the question about the same other side and the previous photo.
  public func replaces(_ older: Self) -> Bool { other == older.other }

  /// Reads the other photo or the other weights, and runs the network.
  public func answer(
    _ researcher: Researcher, report: (Numbered<Counterpart>) throws -> Void
  ) throws -> Numbered<Counterpart> {
    let (model, photo) = try side(researcher)
    let trace = try researcher.network(for: model).run(photo.prepared.tensor)
    let isSameNetwork = model == self.model
    return researcher.number(
      Counterpart(
        model: model, photo: photo.value, run: researcher.number(Run(trace)),
        similarities: isSameNetwork ? run.trace.similarities(to: trace) : []))
  }

  private func side(_ researcher: Researcher) throws -> (Numbered<Model>, Numbered<Photo>) {
    switch other {
    case .network(let candidate):
      let model = try researcher.model(of: candidate)
      return (
        model, try researcher.answer(PhotoQuestion(path, for: model, present: photo))
      )
    case .photo(let path):
      return (model, try researcher.answer(PhotoQuestion(path, for: model)))
    }
  }
}

/// The other side: a network, a photo, and the run of the one on the other.
public struct Counterpart: Sendable {
  /// The network.
  public let model: Numbered<Model>
  /// The photo.
  public let photo: Photo
  /// The run of the network on the photo.
  public let run: Numbered<Run>
  /// The cosine of each layer's output to that on this side; empty for another network.
  public let similarities: [Double?]

  /// Creates a counterpart.
  public init(
    model: Numbered<Model>, photo: Photo, run: Numbered<Run>, similarities: [Double?] = []
  ) {
    self.model = model
    self.photo = photo
    self.run = run
    self.similarities = similarities
  }
}
