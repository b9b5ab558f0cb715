import MobileNet

/// Finds a class by what people call it.
public struct ClassNames: Sendable {
  private var indices: [String: Int] = [:]

  /// The classes of `checkpoint`: its labels, its WordNet ids, and the numbers of its classes.
  public init(_ checkpoint: Checkpoint) {
    for index in 0..<(checkpoint.architecture.classes ?? 0) { indices["\(index)"] = index }
    for list in [checkpoint.labels, checkpoint.wordNetIDs] {
      for (index, name) in list.enumerated() { indices[Self.simplified(name)] = index }
    }
  }

  /// The class called `name`, whatever its case, with spaces or underscores.
  public func index(of name: String) -> Int? { indices[Self.simplified(name)] }

  private static func simplified(_ name: String) -> String {
    String(name.lowercased().map { $0 == "_" || $0 == "-" ? " " : $0 })
  }
}
