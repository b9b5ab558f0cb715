import Catalogue
import Comparison
import Explorer
import MobileNet

/// Reads the networks that are compared, and measures them.
public struct CandidateReader {
  /// What was read last; the next candidate often is the same at another resolution.
  private var read: (weights: Candidate.Weights, checkpoint: Checkpoint)?

  /// Has read nothing yet.
  public init() {}

  /// The weights of `candidate` at its resolution.
  mutating func model(of candidate: Candidate) throws(CatalogueError) -> Model {
    let checkpoint: Checkpoint
    if let read, read.weights == candidate.weights {
      checkpoint = read.checkpoint
    } else {
      checkpoint = try WeightsCatalogue.checkpoint(candidate.weights)
      read = (candidate.weights, checkpoint)
    }
    return Model(
      checkpoint: checkpoint, source: candidate.name, resolution: candidate.resolution)
  }

  /// Runs `candidate` several times on what `photo` makes of the photo for it, on `threads` threads
  /// or one for each processor.
  public mutating func measure(
    _ candidate: Candidate, threads: Int?, photo: (Model) throws -> Photo
  ) throws -> Measurement {
    let model = try model(of: candidate)
    let input = try photo(model).prepared.tensor
    let network = try Network(
      model.checkpoint, resolution: candidate.resolution, threads: threads)
    return Measurement(candidate, network: network, input: input)
  }
}
