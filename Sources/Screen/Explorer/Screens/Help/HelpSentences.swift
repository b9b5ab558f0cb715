extension HelpScreen {
  func sentences(_ core: Core) -> [String] {
    let found = KeyHelp.all(for: asked, isLive: core.live != nil).compactMap { $0.matching(query) }
    let search = query.isEmpty && !isSearching ? [] : ["Search: \(query)".asSentence]
    guard !found.isEmpty else { return search + ["No key does that."] }
    let lines = found.flatMap { group in
      ["Keys of \(group.title)."]
        + group.keys.map { "\(SpokenSigns.key($0.symbol)): \($0.sentence)" }
    }
    let words =
      query.isEmpty ? HelpLegend.words.map { "\($0.word): \($0.meaning)".asSentence } : []
    return search + lines.dropFirst(min(scroll, lines.count - 1)) + words
  }
}
