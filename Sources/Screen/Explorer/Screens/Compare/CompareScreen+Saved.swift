import Comparison
import MobileNet

extension CompareScreen {
  /// What a session keeps of the comparison.
  struct Saved: SavedScreen {
    static let key = SavedKey.places
    let comparison: String
    let comparisonCost: String
    let showsPublished: Bool
    let compared: SavedCandidate?
  }

  func saved(_ core: Core) -> Saved? {
    Saved(
      comparison: tab.rawValue, comparisonCost: cost.rawValue, showsPublished: showsPublished,
      compared: (selected(core) ?? chosen).map(SavedCandidate.init))
  }

  mutating func restore(_ saved: Saved, _ core: Core) -> [String] {
    let missing =
      take(saved.comparison, "comparison", for: &tab)
      + take(saved.comparisonCost, "cost", for: &cost)
    showsPublished = saved.showsPublished
    chosen = saved.compared?.candidate
    return missing + (chosen == nil ? saved.compared.map { [$0.name] } ?? [] : [])
  }
}

/// A network at a resolution that was compared.
struct SavedCandidate: Codable, Equatable, Sendable {
  /// The name or the file of its weights.
  var weights: String
  /// What the person said of them; nothing where they said nothing.
  let said: Said?
  /// The input side.
  let resolution: Resolution

  init(_ candidate: Candidate) {
    weights = candidate.weights
    said = candidate.said.isEmpty ? nil : candidate.said
    resolution = candidate.resolution
  }

  /// Nil where no network works at the resolution.
  var candidate: Candidate? {
    resolution.isAllowed
      ? Candidate(weights, said: said ?? [:], resolution: resolution) : nil
  }

  /// What a person would call it.
  var name: String { "\(weights) at \(resolution)" }
}
