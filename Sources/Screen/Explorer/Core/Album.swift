import Foundation
import MobileNet

/// The images that a person steps through, and where they were in each.
public struct Album: Equatable, Sendable {
  /// The files, in order; one, unless a folder was opened.
  public private(set) var paths: [String]
  /// Which of them is shown.
  public private(set) var index: Int
  private var selections: [String: Selection] = [:]
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

  /// The file that is `steps` away from `other`, or from the one that is shown; nil beyond the ends.
  func path(_ steps: Int, from other: String? = nil) -> String? {
    var next = (other.flatMap { paths.firstIndex(of: $0) } ?? index) + steps
    while paths.indices.contains(next), unreadable.contains(paths[next]) {
      next += steps.signum()
    }
    return paths.indices.contains(next) ? paths[next] : nil
  }

  /// The folder of the file that is shown.
  var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The folder of all files, which may be in folders of it.
  var commonFolder: String {
    var common = folder.split(separator: "/", omittingEmptySubsequences: false)
    for path in paths {
      let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      let same = zip(common, parts).prefix { $0 == $1 }.count
      common = Array(common.prefix(same))
    }
    let text = common.joined(separator: "/")
    return common.isEmpty ? folder : text.isEmpty ? "/" : text
  }

  /// The path of the file that is shown, from the root on.
  var wholePath: String { URL(fileURLWithPath: path).standardizedFileURL.path }

  /// Notes that the file at `path` can't be read.
  mutating func skip(_ path: String) {
    unreadable.insert(path)
  }

  /// Goes to `path`, adding it if it is new, and remembers `selection` for the file that is
  /// left; answers with what was looked at in the other one.
  mutating func go(to path: String, leaving selection: Selection) -> Selection {
    selections[self.path] = selection
    unreadable.remove(path)
    if let known = paths.firstIndex(of: path) {
      index = known
    } else {
      index = min(index + 1, paths.count)
      paths.insert(path, at: index)
    }
    return selections[path] ?? selection
  }

  /// Takes what was looked at in all images along to another network.
  mutating func carrySelections(from last: [Layer], to layers: [Layer]) {
    selections = selections.mapValues { $0.carried(from: last, to: layers) }
  }
}
