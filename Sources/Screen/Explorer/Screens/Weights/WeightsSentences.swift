import Research

extension WeightsScreen {
  func sentences(_ core: Core) -> [String] {
    guard let choices = choices(core) else { return ["The weights are looked for."] }
    let count = choices.count + 1
    let title = listTitle(core).capitalizedFirst.asSentence
    guard let choice = selected(core) else {
      return [title, "Line \(count) of \(count): another file."]
    }
    let isUsed = choice.name == core.model.source
    let line =
      "Line \(cursor(core) + 1) of \(count): \(choice.name), \(choice.origin)"
      + (isUsed ? ", in use." : ".")
    switch core.answers[facts(choice.name, core)] {
    case nil: return [title, line]
    case .problem(let reason): return [title, line, reason.asSentence]
    case .known(let facts): return [title, line] + facts.sentences
    }
  }
}
