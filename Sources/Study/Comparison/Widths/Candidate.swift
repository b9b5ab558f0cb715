/// A network at a resolution, to be compared with others on the same photo.
public struct Candidate: Hashable, Sendable {
  /// Its checkpoint, by its bundled name or its path.
  public let weights: String
  /// The input side.
  public let resolution: Int

  /// Takes `weights` at `resolution`.
  public init(_ weights: String, resolution: Int) {
    self.weights = weights
    self.resolution = resolution
  }

  /// The input sides of the paper.
  public static let resolutions = [224, 192, 160, 128]

  /// Each of `names` at each of the paper's sides.
  public static func grid(_ names: [String]) -> [Candidate] {
    names.flatMap { name in resolutions.map { Candidate(name, resolution: $0) } }
  }

  /// What people call its weights: a bundled name, or a file without its folders.
  public var name: String { String(weights.split(separator: "/").last ?? "?") }

  /// `name` without what those of the bundled networks have in common, where there is little room.
  public static func short(_ name: String) -> String {
    let common = "mobilenet-"
    return name.hasPrefix(common) ? String(name.dropFirst(common.count)) : name
  }
}
