import Comparison
import MobileNet

extension CompareScreen {
  /// The part of a session for the comparison.
  struct Saved: SavedScreen {
    static let key = SavedKey.places
    let comparison: String
    let comparisonCost: String
    let showsPublished: Bool
    var compared: SavedCandidate?

    mutating func locateFiles(_ path: (String) -> String) {
      compared?.locateFiles(path)
    }
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

/// A candidate in a session.
struct SavedCandidate: Codable, Equatable, Sendable {
  /// The name or the file of its weights.
  var weights: String
  /// The person's statements about the weights; nil if there are none.
  var said: Said?
  /// The input resolution.
  let resolution: Resolution

  init(_ candidate: Candidate) {
    weights = candidate.weights
    said = candidate.said.isEmpty ? nil : candidate.said
    resolution = candidate.resolution
  }

  /// Replaces each path by the result of `path`.
  mutating func locateFiles(_ path: (String) -> String) {
    weights = path(weights)
    said = said?.locatingFiles(path)
  }

  /// The candidate; nil if networks cannot run at the resolution.
  var candidate: Candidate? {
    resolution.isAllowed
      ? Candidate(weights, said: said ?? [:], resolution: resolution) : nil
  }

  /// The candidate's name for people.
  var name: String { "\(weights) at \(resolution)" }
}
