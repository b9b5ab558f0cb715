import Reports

extension EvidenceScreen {
  func sentences(_ core: Core) -> [String] {
    guard core.model.checkpoint.architecture.classes != nil else {
      return ["No classifier in this checkpoint, so no class to ask about."]
    }
    guard let split = core.split, let index = core.selectedClass else {
      return [core.waitingSentence]
    }
    let name = core.model.checkpoint.label(index)
    let rival = core.rival.map { core.model.checkpoint.label($0) }
    let classes = core.evidenceClasses
    let place = classes.firstIndex(of: index).map { $0 + 1 } ?? 0
    let cursor = position(in: split)
    return [
      rival.map { "Why \(name) and not \($0)." } ?? "What spoke for \(name).",
      "Class \(place) of \(classes.count) in the list.",
      numbers(of: split, isDifference: rival != nil).asSentence,
      Whereabouts(split.places).text.map { "Most spoke for it \($0)." }
        ?? "No place spoke for it.",
      "The cursor is in row \(cursor.y), column \(cursor.x), which adds "
        + "\(NumberText.value(split.places[cursor.y, cursor.x])).",
      core.answerSentence(core.run?.trace),
    ].compactMap(\.self)
  }
}
