extension TeachScreen {
  func sentences(_ core: Core) -> [String] {
    let view = TeachView(screen: self, core: core, layout: TeachLayout(self, core))
    let classes = collection.classes
    guard classes.indices.contains(classIndex) else {
      return [view.state.capitalizedFirst.asSentence, view.help.asSentence]
    }
    let own = classes[classIndex]
    let answers = answers(core).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    var sentences = [
      view.state.capitalizedFirst.asSentence,
      "Class \(classIndex + 1) of \(classes.count): \(own.name), \(own.pictures.count) picture\(own.pictures.count == 1 ? "" : "s").",
    ]
    if !own.pictures.isEmpty {
      sentences.append("The cursor is on picture \(pictureIndex + 1), counted from the latest.")
    }
    if let naming { sentences.append("Type a name: \(naming)".asSentence) }
    if let recording, classes.indices.contains(recording.classIndex) {
      sentences.append("Frames are recorded into \(classes[recording.classIndex].name).")
    }
    if !answers.isEmpty {
      let parts = answers.prefix(5).map { "\($0.key) \(core.percent($0.value))" }
      sentences.append("What is shown is \(parts.joined(separator: ", ")).")
    }
    return sentences
  }
}
