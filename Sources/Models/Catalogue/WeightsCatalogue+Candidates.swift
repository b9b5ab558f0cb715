import Comparison
import MobileNet

extension WeightsCatalogue {
  /// Reads or makes up the weights of a candidate.
  public static func checkpoint(_ weights: Candidate.Weights) throws(CatalogueError) -> Checkpoint {
    switch weights {
    case .checkpoint(let name): return try checkpoint(name)
    case .untrainedShallow:
      // As many classes as the bundled networks have, so that costs can be compared.
      let classes = try checkpoint(defaultName).architecture.classes
      do {
        return try Checkpoint.synthetic(Architecture(shallow: true, classes: classes))
      } catch {
        throw .unusable("\(error)")
      }
    }
  }
}
