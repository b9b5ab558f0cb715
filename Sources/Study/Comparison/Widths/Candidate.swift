import MobileNet

/// A network at a resolution, to be compared with others on the same photo.
public struct Candidate: Hashable, Sendable {
  /// Where its weights come from.
  public enum Weights: Hashable, Sendable {
    /// A checkpoint, by its bundled name or its path.
    case checkpoint(String)
    /// Made up for a shallow network: nothing was trained, so that it has a cost and no answer.
    case untrainedShallow
  }

  /// Where its weights come from.
  public let weights: Weights
  /// The input side.
  public let resolution: Int

  /// Takes `weights` at `resolution`.
  public init(_ weights: Weights, resolution: Int) {
    self.weights = weights
    self.resolution = resolution
  }

  /// The input sides of the paper.
  public static let resolutions = [224, 192, 160, 128]

  /// Each of `names` at each of the paper's sides, and the shallow network.
  public static func grid(_ names: [String]) -> [Candidate] {
    names.flatMap { name in
      resolutions.map { Candidate(.checkpoint(name), resolution: $0) }
    } + [Candidate(.untrainedShallow, resolution: 224)]
  }

  /// What people call its weights: a bundled name, or a file without its folders.
  public var name: String {
    switch weights {
    case .checkpoint(let name): String(name.split(separator: "/").last ?? "?")
    case .untrainedShallow: "shallow"
    }
  }
}
