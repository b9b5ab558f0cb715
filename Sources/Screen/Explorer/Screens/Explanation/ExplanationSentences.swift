import Explanation
import Reports
import Research

extension ExplanationScreen {
  func sentences(_ core: Core) -> [String] {
    if core.model.checkpoint.architecture.classes == nil, targetKind == .answer {
      return ["No classifier in this checkpoint: Tab explains a channel."]
    }
    guard core.run != nil, let target = target(core) else { return [core.waitingSentence] }
    let what = target.text(core.layers, core.model.checkpoint)
    guard !isDrawing else {
      let isDone = drawing(core).map { core.answers[$0] != nil } ?? false
      let progress =
        isDone ? "The picture is drawn; no words describe it." : "It is being drawn."
      return [
        "What it wants to see: \(what).",
        failure(core).map { "There is no picture: \($0)." } ?? progress,
      ]
    }
    guard let question = question(method, core) else {
      return ["What is explained: \(what).", "\(method.rawValue): there is no layer before it."]
    }
    var sentences = [
      "What is explained: \(what).", "By \(method.rawValue): \(method.summary)".asSentence,
    ]
    guard let found = core.answers.latest(question)?.found?.value else {
      return sentences + ["It is being computed."]
    }
    sentences.append(core.whereSentence(found.map))
    if let baseline = found.baseline {
      sentences.append(
        "Its parts add up to \(NumberText.value(Float(found.sum))): the number explained is "
          + "\(NumberText.value(Float(found.value))), and "
          + "\(NumberText.value(Float(baseline))) for a grey photo.")
    }
    if let curves = curves(method, core) {
      sentences.append(
        "The area under its deletion curve is \(NumberText.fixed(curves.deletionArea, 2)), less "
          + "is better; under its insertion curve "
          + "\(NumberText.fixed(curves.insertionArea, 2)), more is better.")
    }
    return sentences
      + ExplanationMethod.allCases.filter { $0 != method }.compactMap { sentence(on: $0, core) }
      + [curves(nil, core).map { "Chance has the areas \(areas($0))." }].compactMap(\.self)
  }

  /// Says where another method's map is strongest, and the areas under its curves; nil until it is known.
  private func sentence(on other: ExplanationMethod, _ core: Core) -> String? {
    guard let found = found(other, core)?.value else { return nil }
    return "\(other.rawValue.capitalizedFirst) is \(Whereabouts(found.map).predicate)"
      + (curves(other, core).map { "; its areas are \(areas($0))." } ?? ".")
  }

  private func areas(_ curves: DeletionInsertion) -> String {
    "\(NumberText.fixed(curves.deletionArea, 2)) and \(NumberText.fixed(curves.insertionArea, 2))"
  }
}
