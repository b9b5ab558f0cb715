import MobileNet

/// Finds a class by a name in common use.
public struct ClassNames: Sendable {
  private var indices: [String: Int] = [:]
  /// The class of each single name within a label; nil where several classes share the name.
  private var synonyms: [String: Int?] = [:]

  /// Collects the names of `checkpoint`'s classes: labels, each of the names in them, WordNet ids,
  /// and numbers.
  ///
  /// The WordNet ids of an ImageNet checkpoint are known, although its file rarely has them.
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
      for (index, name) in list.enumerated() where !name.isEmpty {
        indices[Self.simplified(name)] = index
      }
    }
  }

  /// Returns the class called `name`, in any case, with spaces, underscores or hyphens; nil if
  /// there is none or if several share the name.
  ///
  /// A number has to be written as it is: -1 is not 1.
  public func index(of name: String) -> Int? {
    let name = Self.simplified(name)
    return indices[name] ?? synonyms[name] ?? nil
  }

  /// Returns the folder with a subfolder per class, given the path of an image in it: the parent of
  /// the deepest folder on the path that is named after a class; nil if there is none.
  ///
  /// A folder named by a class's number counts only where no other folder on the path names a
  /// class.
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
    let words = String(spaced.drop { $0 == " " })
    return Int(words) == nil ? words : String(name)
  }
}
