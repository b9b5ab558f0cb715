import ArgumentParser
import Foundation
import Images
import Lessons
import Research

/// Options for a hand-out: the lessons as a page with pictures, and the file to write.
struct HandOutOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write the lessons with pictures to this file: .html for a browser or a printer, or .md.",
      valueName: "FILE"))
  var handOut: String?

  @Flag(help: "Leave the answers out of the hand-out: a worksheet.")
  var withoutAnswers = false

  private static let kinds = [".html", ".md"]

  func validate() throws {
    guard let handOut else {
      if withoutAnswers { throw ValidationError("--without-answers belongs to --hand-out.") }
      return
    }
    guard handOut != OutputFile.standardOutput else {
      throw ValidationError(
        "--hand-out -: standard output has no name, which says what to write; expected a name that "
          + "ends in .html or .md")
    }
    guard Self.kinds.contains(where: handOut.hasSuffix) else {
      throw ValidationError("--hand-out \(handOut): the name ends in .html or .md")
    }
  }

  /// Writes `parts`, which are about `photo` and a network called `network`, to `path`.
  func write(_ parts: [HandOut.Part], about photo: Photo, network: String, to path: String) throws {
    let page = HandOut(
      title: "\(photo.name) · \(network)", photo: try PNGFile.bytes(of: photo.prepared.pixels),
      parts: parts, tellsAnswers: !withoutAnswers)
    let text = path.hasSuffix(".html") ? page.html : page.markdown
    try OutputFile.write(Data(text.utf8), to: path)
  }
}
