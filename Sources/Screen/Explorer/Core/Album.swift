import MobileNet

/// The images that a person steps through, and where they were in each.
public struct Album: Equatable, Sendable {
  /// The files, in order; one, unless a folder was opened.
  public private(set) var paths: [String]
  /// Which of them is shown.
  public private(set) var index: Int
  private var places: [String: Place] = [:]
  /// Those that could not be read, which are stepped over.
  private var unreadable: Set<String> = []

  /// The images at `paths`, of which there is at least one; the first is shown.
  public init(_ paths: [String]) {
    self.paths = paths
    index = 0
  }

  /// The images at `paths` with `path` shown, which is added if it is none of them.
  public init(_ paths: [String], showing path: String) {
    self.paths = paths.contains(path) ? paths : [path]
    index = paths.firstIndex(of: path) ?? 0
  }

  /// The file that is shown.
  public var path: String { paths.indices.contains(index) ? paths[index] : "" }

  /// The file that is `steps` away, or nothing beyond the ends.
  func path(_ steps: Int) -> String? {
    var place = index + steps
    while paths.indices.contains(place), unreadable.contains(paths[place]) {
      place += steps.signum()
    }
    return paths.indices.contains(place) ? paths[place] : nil
  }

  /// Notes that the file at `path` can't be read.
  mutating func skip(_ path: String) {
    unreadable.insert(path)
  }

  /// Goes to `path`, adding it if it is new, and remembers `place` for the file that is left;
  /// answers where the person was in the other one.
  mutating func go(to path: String, leaving place: Place) -> Place {
    places[self.path] = place
    unreadable.remove(path)
    if let known = paths.firstIndex(of: path) {
      index = known
    } else {
      index = min(index + 1, paths.count)
      paths.insert(path, at: index)
    }
    return places[path] ?? place
  }

  /// Takes the places in all images along to another network.
  mutating func carryPlaces(from last: [Layer], to layers: [Layer]) {
    places = places.mapValues { $0.carried(from: last, to: layers) }
  }
}
