import Foundation
import MobileNet

/// The images that a person steps through, with the selection last made in each.
public struct Album: Equatable, Sendable {
  /// The files, in order; a single one unless a folder was opened.
  public private(set) var paths: [String]
  /// The index of the image that is shown.
  public private(set) var index: Int
  /// The folder that was opened; nil if a single file was.
  public let opened: String?
  private var selections: [String: Selection] = [:]
  /// The images that could not be read, which are stepped over.
  private var unreadable: Set<String> = []

  /// Makes an album of the images at `paths`, at least one, of the folder `opened`, and shows the
  /// first.
  public init(_ paths: [String], of opened: String? = nil) {
    self.paths = paths
    self.opened = opened
    index = 0
  }

  /// Makes an album of the images at `paths`, of the folder `opened`, and shows `path`; if it is not
  /// among them, of `path` alone.
  public init(_ paths: [String], of opened: String?, showing path: String) {
    self.paths = paths.contains(path) ? paths : [path]
    self.opened = opened
    index = paths.firstIndex(of: path) ?? 0
  }

  /// The path of the image that is shown.
  public var path: String { paths.indices.contains(index) ? paths[index] : "" }

  /// Returns the file `steps` away from `other`, or from the shown one, past unreadable files; nil
  /// beyond the ends.
  func path(_ steps: Int, from other: String? = nil) -> String? {
    var next = (other.flatMap { paths.firstIndex(of: $0) } ?? index) + steps
    while paths.indices.contains(next), unreadable.contains(paths[next]) {
      next += steps.signum()
    }
    return paths.indices.contains(next) ? paths[next] : nil
  }

  /// The folder of the shown file.
  public var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The deepest folder that contains all files.
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

  /// The absolute path of the shown file.
  var wholePath: String { URL(fileURLWithPath: path).standardizedFileURL.path }

  /// Marks the file at `path` as unreadable.
  mutating func skip(_ path: String) {
    unreadable.insert(path)
  }

  /// Marks the shown file as unreadable and shows the next; returns whether there is one.
  public mutating func skipShown() -> Bool {
    skip(path)
    guard let next = paths.indices.first(where: { !unreadable.contains(paths[$0]) }) else {
      return false
    }
    index = next
    return true
  }

  /// Shows `path`, adding it behind the current image if it is new, and remembers `selection` for
  /// the image that is left; returns the selection last made in `path`, or else `selection`.
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

  /// Carries the selections of all images over to another network.
  mutating func carrySelections(from last: [Layer], to layers: [Layer]) {
    selections = selections.mapValues { $0.carried(from: last, to: layers) }
  }
}
