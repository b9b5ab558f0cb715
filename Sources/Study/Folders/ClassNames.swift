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

  private static func simplified(_ name: some StringProtocol) -> String {
    let spaced = name.lowercased().map { $0 == "_" || $0 == "-" ? " " : $0 }
    return String(spaced.drop { $0 == " " })
  }
}
