import Foundation
import MobileNet
import Reports
import Research

extension ResultsScreen {
  func sentences(_ core: Core) -> [String] {
    guard let results = results(core) else {
      return ["The results of a folder.", nothing(core).asSentence]
    }
    let rows = rows(results)
    var sentences = [
      "In \(title(results))".asSentence,
      group.map { "The images: \(name(of: $0, core))." } ?? listSentence,
    ]
    if rows.indices.contains(cursor) {
      sentences.append(
        "Line \(cursor + 1) of \(rows.count): \(sentence(of: rows[cursor], core))".asSentence)
    }
    let calibration = results.calibration
    sentences.append(
      "The network is \(NumberText.percent(calibration.confidence, digits: 1)) sure on average, and right "
        + "on \(NumberText.percent(calibration.accuracy, digits: 1)) of the images.")
    return sentences
  }

  /// The list that is shown, as a sentence.
  private var listSentence: String {
    switch list {
    case .confusions: "The list of what was taken for another."
    case .classes: "The list of classes, the worst first."
    case .wrong: "The list of wrong images, the surest answer first."
    case .unreadable: "The list of images that could not be read."
    }
  }

  /// Returns a line in words.
  func sentence(of row: Row, _ core: Core) -> String {
    let name = core.model.checkpoint.shortLabel
    switch row {
    case .confusion(let found):
      return "\(name(found.truth)) was taken for \(name(found.answer)) in "
        + "\(found.images) image\(found.images == 1 ? "" : "s")"
    case .classResult(let found):
      return "\(name(found.classIndex)): \(found.right) of \(found.images) right; "
        + "\(found.answered) image\(found.answered == 1 ? " was" : "s were") taken for it"
    case .image(let answer):
      let sure = NumberText.percent(Double(answer.confidence), digits: 1)
      let truth =
        answer.isRight
        ? "that is right" : "the truth, \(name(answer.truth)), ranks \(answer.truthRank)"
      return "\(answer.image): \(sure) \(name(answer.answer)); \(truth)"
    case .unreadable(let found): return found.reason
    }
  }

  /// Returns the name of a group.
  func name(of group: Group, _ core: Core) -> String {
    let name = core.model.checkpoint.shortLabel
    switch group {
    case .confusion(let truth, let answer): return "\(name(truth)) taken for \(name(answer))"
    case .classIndex(let index): return "images of \(name(index))"
    }
  }

  /// Returns the folder's figures, with the progress.
  func title(_ results: FolderResults) -> String {
    let folder = URL(fileURLWithPath: results.folder).standardizedFileURL.lastPathComponent
    let (evaluation, all) = (results.evaluation, NumberText.grouped(results.total))
    let isDone = results.done == results.total
    var parts = [
      "\(folder): " + (isDone ? "" : "\(NumberText.grouped(results.done)) of ")
        + "\(all) image\(results.total == 1 ? "" : "s")"
    ]
    if !evaluation.answers.isEmpty {
      parts.append("top-1 \(NumberText.percent(evaluation.share(top: 1), digits: 1))")
      parts.append("top-5 \(NumberText.percent(evaluation.share(top: 5), digits: 1))")
    }
    if !evaluation.unreadable.isEmpty {
      parts.append("\(evaluation.unreadable.count) could not be read")
    }
    let unknown = results.unknownFolders.count
    if unknown > 0 {
      parts.append("\(unknown) folder\(unknown == 1 ? " is" : "s are") named after no class")
    }
    return parts.joined(separator: ", ")
  }

  /// Returns the reason why there are no results.
  func nothing(_ core: Core) -> String {
    guard core.live == nil else { return "Results are counted over a folder, and this is a stream" }
    guard let question = question(core) else {
      return core.model.checkpoint.architecture.classes == nil
        ? "This checkpoint has no classifier, so there are no answers to count"
        : "\(core.photo.name) is in no folder with the name of a class of "
          + "\(core.model.checkpoint.name). Open an image of a folder with a folder for each class, such "
          + "as val/dog/1.jpg, or start with --truth and a list of files and classes"
    }
    if case .nothing(let reason) = core.answers[question] { return reason }
    return "Listing the images in \(question.folder) …"
  }
}
