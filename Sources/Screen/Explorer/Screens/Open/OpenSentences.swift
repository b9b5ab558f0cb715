import MobileNet
import Reports
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
    ] + (entry.isFolder ? [] : preview(entry, core) + answer(core))
  }

  /// What the network answers with the file under the cursor, as far as it is known.
  private func answer(_ core: Core) -> [String] {
    if let failure = trialFailure(core) { return [failure.capitalizedFirst.asSentence] }
    guard let found = trial(core), let best = found.run.trace.predictions(top: 1).first else {
      return []
    }
    let checkpoint = found.model.checkpoint
    return [
      "\(checkpoint.name) answers \(checkpoint.label(best.classIndex)), "
        + "\(NumberText.percent(Double(best.probability)))."
    ]
  }

  private func preview(_ entry: FolderEntry, _ core: Core) -> [String] {
    switch core.answers[PreviewQuestion(entry.path, kind)] {
    case nil: []
    case .problem(let reason): [reason.asSentence]
    case .weights(let facts): facts.sentences
    case .picture(let pixels, let width, let height):
      [
        "A picture of "
          + PicturePreview(pixels: pixels, width: width, height: height, model: core.model.value)
          .words
          + "."
      ]
    }
  }
}

extension [WeightsFact] {
  /// The facts, one sentence each.
  var sentences: [String] { filter { !$0.value.isEmpty }.map(\.sentence) }
}

extension WeightsFact {
  /// The fact as a whole sentence, with its source.
  fileprivate var sentence: String {
    let source = source.map { isAssumption ? " (\($0))" : ", \($0)" } ?? ""
    return statement + source + "."
  }

  private var statement: String {
    switch name {
    case "": value
    case "layers", "classes", "parameters", "multiply-adds": "The number of \(name) is \(value)"
    case "input": "The input has \(value)"
    case "labels": "The labels are \(value)"
    case "top-1 / top-5":
      "How often the answer, and one of five, was right in percent was counted by \(value)"
    case _ where name.hasPrefix("at "):
      "\(name.capitalizedFirst) it is \(value.replacing(" / ", with: " and "))"
    default: "The \(name) is \(value)"
    }
  }
}
