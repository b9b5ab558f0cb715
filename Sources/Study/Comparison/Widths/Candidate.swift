import MobileNet

/// A network at a resolution, to be compared with others on the same photo.
public struct Candidate: Hashable, Sendable {
  /// Its checkpoint, by its bundled name or its path.
  public let weights: String
  /// What the person says of them.
  public let said: Said
  /// The input side.
  public let resolution: Resolution

  /// Takes `weights`, read as the person says, at `resolution`.
  public init(_ weights: String, said: Said = [:], resolution: Resolution) {
    self.weights = weights
    self.said = said
    self.resolution = resolution
  }

  /// The input sides of the paper.
  public static let resolutions: [Resolution] = [224, 192, 160, 128]

  /// Each of `names`, read as the person says, at each of the paper's sides.
  public static func grid(_ names: [String], said: Said = [:]) -> [Candidate] {
    names.flatMap { name in resolutions.map { Candidate(name, said: said, resolution: $0) } }
  }

  /// What people call its weights: a bundled name, or a file without its folders.
  public var name: String { String(weights.split(separator: "/").last ?? "?") }

  /// `name` without what those of the bundled networks have in common, where there is little room.
  public static func short(_ name: String) -> String {
    let common = "mobilenet-"
    return name.hasPrefix(common) ? String(name.dropFirst(common.count)) : name
  }
}
