import Reports

extension SimilarScreen {
  func sentences(_ core: Core) -> [String] {
    let found = found(core)
    guard found.indices.contains(cursor) else { return [title(core).capitalizedFirst.asSentence] }
    let name = found[cursor].path.split(separator: "/").last.map(String.init) ?? ""
    return [
      title(core).capitalizedFirst.asSentence,
      "Number \(cursor + 1) of \(found.count) is \(name), "
        + "cosine \(NumberText.fixed(found[cursor].cosine, 2)).",
    ]
  }
}
