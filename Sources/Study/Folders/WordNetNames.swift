import MobileNet

/// The names of the classes whose WordNet ids folders are called by.
public struct WordNetNames: Sendable {
  private let labels: [String: String]

  /// The names in `checkpoint`, where it has both names and ids.
  public init(_ checkpoint: Checkpoint) {
    self.init(
      ids: checkpoint.wordNetIDs.isEmpty ? checkpoint.imageNetIDs : checkpoint.wordNetIDs,
      labels: checkpoint.labels)
  }

  /// The classes whose ids are `ids` are called `labels`.
  init(ids: [String], labels: [String]) {
    self.labels = Dictionary(zip(ids, labels), uniquingKeysWith: { first, _ in first })
  }

  /// Whether `name` has the form of a WordNet id: `n02099601`.
  public static func isID(_ name: String) -> Bool {
    name.count == 9 && name.first == "n"
      && name.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
  }

  /// The name of each of `classes` that is an id, and the others as they are; ids stay where two would
  /// have one name.
  public func names(of classes: [String]) -> [String] {
    let names = classes.map { labels[$0] ?? $0 }
    let counts = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
    return zip(classes, names).map { counts[$1] == 1 ? $1 : $0 }
  }
}
