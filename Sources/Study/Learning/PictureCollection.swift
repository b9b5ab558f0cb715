import Foundation

/// Pictures on their way into classes, while somebody sorts them one after another.
public struct PictureCollection: Hashable, Sendable, Codable {
  /// A class and its pictures.
  public struct Class: Hashable, Sendable, Codable {
    /// What it is called; no other class is called so, and a folder may be.
    public var name: String
    /// Where its pictures are, the latest last: photos from the root, recorded ones from the
    /// collection's folder on.
    public var pictures: [String] = []
  }

  /// A picture as a folder with a folder per class has it.
  public struct Entry: Hashable, Sendable {
    /// Its path from that folder on.
    public let name: String
    /// Its class.
    public let className: String
    /// Where it is.
    public let picture: String
  }

  /// The classes, in the order in which they were begun.
  public internal(set) var classes: [Class] = []
  /// The number of the next picture that is recorded: none is given twice.
  public private(set) var next = 0

  /// No class yet.
  public init() {}

  /// The pictures of all classes.
  public var count: Int { classes.reduce(0) { $0 + $1.pictures.count } }

  /// The class in which `picture` is; nil where it is in none.
  public func classIndex(of picture: String) -> Int? {
    classes.firstIndex { $0.pictures.contains(picture) }
  }

  /// Every picture, in the order in which a folder of them is learned: that of their paths' bytes.
  public var entries: [Entry] {
    var entries: [Entry] = []
    for own in classes {
      var taken: Set<String> = []
      for picture in own.pictures {
        let file = String(picture.split(separator: "/").last ?? "picture")
        let (stem, suffix) = Self.parts(of: file)
        var name = file
        var number = 2
        // Photos of several folders may be called alike.
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

// MARK: What changes it

extension PictureCollection {
  /// A path for the next picture that is recorded.
  public mutating func nextRecording() -> String {
    defer { next += 1 }
    let digits = "\(next)"
    return "pictures/" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".png"
  }

  /// Puts `picture` into the class at `index`, out of any other; behind the last class a new one
  /// begins.
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

  /// Takes the class at `index` away, with its pictures.
  public mutating func removeClass(at index: Int) {
    if classes.indices.contains(index) { classes.remove(at: index) }
  }

  /// Calls the class at `index` `name`; answers why it can't be called so, if it can't.
  public mutating func rename(_ index: Int, _ name: String) -> String? {
    let name = name.trimmingCharacters(in: .whitespaces)
    guard classes.indices.contains(index) else { return "There is no such class." }
    // A folder is called so once the pictures are exported.
    if name.isEmpty || name.hasPrefix(".") || name.contains("/") {
      return "A class is called as a folder may be: no / in it, and no . before it."
    }
    if classes.indices.contains(where: { $0 != index && classes[$0].name == name }) {
      return "Another class is called \(name)."
    }
    classes[index].name = name
    return nil
  }

  /// Goes back to `earlier`; numbers that were given stay given.
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
