import MobileNet

/// A network at a resolution, to be compared with others on the same photo.
public struct Candidate: Hashable, Sendable {
  /// The checkpoint, by its bundled name or its path.
  public let weights: String
  /// The person's statements about the checkpoint.
  public let said: Said
  /// The rows and columns of the input.
  public let resolution: Resolution

  /// Creates a candidate of `weights`, read as `said` states, at `resolution`.
  public init(_ weights: String, said: Said = [:], resolution: Resolution) {
    self.weights = weights
    self.said = said
    self.resolution = resolution
  }

  /// The resolutions of the paper.
  public static let resolutions: [Resolution] = [224, 192, 160, 128]

  /// Returns a candidate for each of `names`, read as `said` states, at each resolution of the
  /// paper.
  public static func grid(_ names: [String], said: Said = [:]) -> [Candidate] {
    names.flatMap { name in resolutions.map { Candidate(name, said: said, resolution: $0) } }
  }

  /// The name as people see it: a bundled name, or a file without its folders.
  public var name: String { String(weights.split(separator: "/").last ?? "?") }

  /// Returns `name` without the prefix of the bundled names, for narrow columns.
  public static func short(_ name: String) -> String {
    let common = "mobilenet-"
    return name.hasPrefix(common) ? String(name.dropFirst(common.count)) : name
  }
}
