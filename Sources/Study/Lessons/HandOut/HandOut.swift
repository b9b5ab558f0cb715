import Foundation
import MobileNet
import Reports

/// Lessons on paper: their steps with pictures, for a class to take home or to fill in.
public struct HandOut: Sendable {
  /// A lesson and its subject.
  public struct Part: Sendable {
    let lesson: any Lesson
    let subject: Subject

    /// Combines `lesson` with the `subject` that it explains.
    public init(_ lesson: any Lesson, about subject: Subject) {
      self.lesson = lesson
      self.subject = subject
    }
  }

  /// A block of the page.
  private enum Block {
    case heading(String)
    case picture(Figure)
    case question(String)
    case told(String)
    /// Room for an answer in handwriting.
    case room
  }

  private let title: String
  private let language: String
  private let blocks: [Block]

  /// Puts `parts` on a page under `title`, beside the photo in the PNG file `photo`.
  ///
  /// Without answers, the page is a worksheet: the questions, room to write, and pictures that give
  /// nothing away.
  public init(title: String, photo: [UInt8], parts: [Part], tellsAnswers: Bool = true) {
    self.title = title
    language = parts.first?.lesson.script.language ?? LessonLibrary.english
    blocks =
      [.picture(.photo(photo, caption: title))]
      + parts.flatMap { Self.blocks(of: $0, tellsAnswers: tellsAnswers) }
  }

  private static func blocks(of part: Part, tellsAnswers: Bool) -> [Block] {
    var blocks: [Block] = [.heading(part.lesson.title)]
    blocks += part.lesson.figures(of: part.subject, tellsAnswers: tellsAnswers).map(Block.picture)
    let steps = part.lesson.steps
    for (index, step) in steps.enumerated() {
      if step.isQuestion {
        blocks.append(.question(step.text))
        if !tellsAnswers { blocks.append(.room) }
      } else if tellsAnswers {
        blocks.append(.told(step.text))
      }
      guard tellsAnswers else { continue }
      blocks += steps.finalCharts.filter { $0.step == index }.map { .picture(.chart($0.chart)) }
    }
    return blocks
  }

  /// The page as HTML, for a browser or a printer, in one file.
  public var html: String {
    let body = blocks.map { block in
      switch block {
      case .heading(let text): "<h2>\(text.escapedForMarkup)</h2>"
      case .picture(let figure):
        "<figure>\(figure.svg)<figcaption>\(figure.caption.escapedForMarkup)</figcaption></figure>"
      case .question(let text): "<p class=\"question\">\(text.escapedForMarkup)</p>"
      case .told(let text): "<p>\(text.escapedForMarkup)</p>"
      case .room: "<div class=\"room\"></div>"
      }
    }
    return """
      <!doctype html>
      <html lang="\(language.escapedForMarkup)">
      <meta charset="utf-8">
      <title>\(title.escapedForMarkup)</title>
      <style>
      body { font: 11pt/1.4 sans-serif; max-width: 44em; margin: 2em auto; }
      h2 { margin-top: 2em; break-after: avoid; }
      figure { display: inline-block; margin: .5em 1em .5em 0; break-inside: avoid; }
      figcaption { font-size: 9pt; }
      .question { font-weight: bold; break-after: avoid; }
      .room { height: 3em; border-bottom: 1px solid #888; }
      </style>
      <h1>\(title.escapedForMarkup)</h1>
      \(body.joined(separator: "\n"))

      """
  }

  /// The page as Markdown, in one file that holds the pictures as data.
  public var markdown: String {
    let body = blocks.map { block in
      switch block {
      case .heading(let text): "## \(text.escapedForMarkdown)"
      case .picture(let figure):
        "![\(figure.caption.escapedForMarkdown)](data:image/svg+xml;base64,"
          + "\(Data(figure.svg.utf8).base64EncodedString()))"
      case .question(let text): "**\(text.escapedForMarkdown)**"
      case .told(let text): text.escapedForMarkdown
      case .room: "\n\n---"
      }
    }
    return (["# \(title.escapedForMarkdown)"] + body).joined(separator: "\n\n") + "\n"
  }
}

extension Lesson {
  /// Returns the pictures of the lesson; a worksheet gets only those that the questions speak of.
  fileprivate func figures(of subject: Subject, tellsAnswers: Bool) -> [Figure] {
    let trace = subject.trace
    func plane(_ position: Int, _ channel: Int, cell: (row: Int, column: Int)? = nil) -> Figure {
      .plane(
        trace.output(at: position).plane(channel), cell: cell,
        caption: "\(trace.layers[position].name) \(channel)")
    }
    if let lesson = self as? PictureLesson {
      let (_, depthwise, pointwise) = lesson.positions
      let read = depthwise > 0 ? [plane(depthwise - 1, lesson.plane)] : []
      let kernel = Figure.kernel(lesson.kernel)
      guard tellsAnswers else { return read + [kernel] }
      return read + [kernel, plane(depthwise, lesson.plane), plane(pointwise, lesson.channel)]
    }
    guard script.topic.hasCell, trace.layers[subject.position].output.places > 1 else { return [] }
    let made = plane(subject.position, subject.channel, cell: (subject.row, subject.column))
    guard let lesson = self as? Walkthrough, lesson.layer.kind == .depthwise else { return [made] }
    // The factors to multiply by hand.
    let words = StageWords(language: script.language ?? LessonLibrary.english)
    return [
      made, .kernel(lesson.terms.map(\.value), caption: words("patch")),
      .kernel(lesson.terms.map { $0.weight ?? 0 }, caption: words("kernel")),
    ]
  }
}

extension String {
  /// The text escaped for HTML and SVG.
  var escapedForMarkup: String {
    replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }

  /// The text escaped for Markdown.
  fileprivate var escapedForMarkdown: String {
    String(flatMap { "\\*_`[]<>#|".contains($0) ? ["\\", $0] : [$0] })
  }
}
