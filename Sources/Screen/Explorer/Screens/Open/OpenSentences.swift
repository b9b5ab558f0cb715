import Research

extension OpenScreen {
  func sentences(_ core: Core) -> [String] {
    let entries = shown(core)
    let place = showsRecent ? "Images opened last." : "Folder \(shownFolder(core))."
    let typed = typed.isEmpty ? "Type a name or a path." : "Typed: \(self.typed)"
    guard let entry = selected(core) else {
      return [
        place, typed.asSentence,
        entries.isEmpty ? "Nothing of that kind is here." : "Enter goes into the folder.",
      ]
    }
    return [
      place, typed.asSentence,
      "Entry \(cursor + 1) of \(entries.count): \(entry.name)"
        + (entry.isFolder ? ", a folder." : "."),
    ] + (entry.isFolder ? [] : preview(entry, core))
  }

  private func preview(_ entry: FolderEntry, _ core: Core) -> [String] {
    switch core.answers[PreviewQuestion(entry.path, kind)] {
    case nil: []
    case .problem(let reason): [reason.asSentence]
    case .weights(let facts): facts.sentences
    case .picture(_, let width, let height): ["A picture of \(width) by \(height)."]
    }
  }
}

extension [WeightsFact] {
  /// The facts, one sentence each.
  var sentences: [String] {
    filter { !$0.value.isEmpty }.map { fact in
      let source = fact.source.map { " (\($0))" } ?? ""
      return (fact.name.isEmpty ? fact.value : "\(fact.name.capitalizedFirst): \(fact.value)")
        + "\(source)."
    }
  }
}
