import MobileNet

/// Finds a class by what people call it.
public struct ClassNames: Sendable {
  private var indices: [String: Int] = [:]
  /// One of several names, where it is no other class's as well.
  private var synonyms: [String: Int?] = [:]

  /// The classes of `checkpoint`: its labels and each of the names in them, its WordNet ids, and the
  /// numbers of its classes.
  ///
  /// Of an ImageNet checkpoint, whose files rarely have them, the WordNet ids are known.
  public init(_ checkpoint: Checkpoint) {
    for index in 0..<(checkpoint.architecture.classes ?? 0) { indices["\(index)"] = index }
    for (index, label) in checkpoint.labels.enumerated() {
      let names = label.split(separator: ",").map { Self.simplified($0) }
      for name in Set(names) {
        synonyms[name] = synonyms[name] == nil ? .some(index) : .some(nil)
      }
    }
    let ids = checkpoint.wordNetIDs.isEmpty ? checkpoint.imageNetIDs : checkpoint.wordNetIDs
    for list in [checkpoint.labels, ids] {
      for (index, name) in list.enumerated() { indices[Self.simplified(name)] = index }
    }
  }

  /// The class called `name`, whatever its case, with spaces or underscores; nil where there is none
  /// or several are called so.
  public func index(of name: String) -> Int? {
    let name = Self.simplified(name)
    return indices[name] ?? synonyms[name] ?? nil
  }

  /// The folder that has a folder for each class, by the path of one of the images in it: that above
  /// the last folder on the way which is called like a class; nil where none is.
  ///
  /// A folder that is called by the number of a class counts where no other does.
  public func folder(ofImage path: String) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let classes = parts.indices.dropLast().filter { index(of: parts[$0]) != nil }
    guard let last = classes.last(where: { Int(parts[$0]) == nil }) ?? classes.last else {
      return nil
    }
    let folder = parts[..<last].joined(separator: "/")
    return last == 0 ? "." : folder.isEmpty ? "/" : folder
  }

  private static func simplified(_ name: some StringProtocol) -> String {
    let spaced = name.lowercased().map { $0 == "_" || $0 == "-" ? " " : $0 }
    return String(spaced.drop { $0 == " " })
  }
}
