import Foundation

/// The pictures that a person is sorting into classes.
public struct PictureCollection: Hashable, Sendable, Codable {
  /// A class and its pictures.
  public struct Class: Hashable, Sendable, Codable {
    /// The name: unique among the classes, and a possible folder's name.
    public var name: String
    /// The paths of the pictures, the latest last: absolute for photos, relative to the
    /// collection's folder for recorded pictures.
    public var pictures: [String] = []
  }

  /// A picture as exported into a folder with a subfolder per class.
  public struct Entry: Hashable, Sendable {
    /// The path relative to that folder.
    public let name: String
    /// The name of the class.
    public let className: String
    /// The path of the picture in the collection.
    public let picture: String
  }

  /// The classes, in the order in which they were created.
  public internal(set) var classes: [Class] = []
  /// The number of the next recorded picture; no number is used twice.
  public private(set) var next = 0

  /// Creates a collection without classes.
  public init() {}

  /// The number of pictures in all classes.
  public var count: Int { classes.reduce(0) { $0 + $1.pictures.count } }

  /// Returns the index of the class that contains `picture`; nil if none does.
  public func classIndex(of picture: String) -> Int? {
    classes.firstIndex { $0.pictures.contains(picture) }
  }

  /// Every picture, in the order in which an exported folder is learned: by the paths' bytes.
  public var entries: [Entry] {
    var entries: [Entry] = []
    for own in classes {
      var taken: Set<String> = []
      for picture in own.pictures {
        let file = String(picture.split(separator: "/").last ?? "picture")
        let (stem, suffix) = Self.parts(of: file)
        var name = file
        var number = 2
        // Photos from several folders may have the same name.
        while !taken.insert(name).inserted {
          name = "\(stem)-\(number)\(suffix)"
          number += 1
        }
        entries.append(
          Entry(name: "\(own.name)/\(name)", className: own.name, picture: picture))
      }
    }
    return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private static func parts(of file: String) -> (stem: Substring, suffix: Substring) {
    let dot = file.lastIndex(of: ".") ?? file.endIndex
    return dot == file.startIndex ? (file[...], "") : (file[..<dot], file[dot...])
  }
}

// MARK: Changes

extension PictureCollection {
  /// Returns the path for the next recorded picture, and uses up its number.
  public mutating func nextRecording() -> String {
    defer { next += 1 }
    let digits = "\(next)"
    return "pictures/" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".png"
  }

  /// Moves `picture` into the class at `index`, out of any other; an index after the last begins a
  /// new class.
  public mutating func put(_ picture: String, into index: Int) {
    let index = min(index, classes.count)
    if index == classes.count { classes.append(Class(name: freeName)) }
    for other in classes.indices { classes[other].pictures.removeAll { $0 == picture } }
    classes[index].pictures.append(picture)
  }

  /// Takes `picture` out of its class.
  public mutating func remove(_ picture: String) {
    for index in classes.indices { classes[index].pictures.removeAll { $0 == picture } }
  }

  /// Removes the class at `index` and its pictures.
  public mutating func removeClass(at index: Int) {
    if classes.indices.contains(index) { classes.remove(at: index) }
  }

  /// Renames the class at `index` to `name`; returns the reason if that is not possible, else nil.
  public mutating func rename(_ index: Int, _ name: String) -> String? {
    let name = name.trimmingCharacters(in: .whitespaces)
    guard classes.indices.contains(index) else { return "There is no such class." }
    // An exported class is a folder of this name.
    if name.isEmpty || name.hasPrefix(".") || name.contains("/") {
      return "A class is called as a folder may be: no / in it, and no . before it."
    }
    if classes.indices.contains(where: { $0 != index && classes[$0].name == name }) {
      return "Another class is called \(name)."
    }
    classes[index].name = name
    return nil
  }

  /// Restores `earlier`; numbers of recorded pictures stay used.
  public mutating func goBack(to earlier: PictureCollection) {
    let given = max(next, earlier.next)
    self = earlier
    next = given
  }

  private var freeName: String {
    let names = Set(classes.map(\.name))
    var number = classes.count + 1
    while names.contains("class \(number)") { number += 1 }
    return "class \(number)"
  }
}
