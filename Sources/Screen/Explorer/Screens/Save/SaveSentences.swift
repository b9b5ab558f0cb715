extension SaveScreen {
  func sentences(_ core: Core) -> [String] {
    let kinds = SaveKind.allCases
    guard kinds.indices.contains(cursor) else { return ["Save."] }
    return ["Save, line \(cursor + 1) of \(kinds.count): \(kinds[cursor].title)."]
  }
}
