import Foundation
import MobileNet
import Tensors
import Testing

@testable import Lessons

/// Pages for a class: all is told, or nothing of what is asked.
@Suite struct HandOutTests {
  private let example: Example
  private let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 1, 2, 3]

  init() throws { example = try Example(Architecture(width: 0.25, classes: 10)) }

  private func page(tellsAnswers: Bool = true) throws -> (HandOut, lessons: [any Lesson]) {
    let parts = try Topic.allCases.compactMap { topic -> HandOut.Part? in
      let position = topic.layer(nearest: 3, in: example.trace.layers)
      let subject = try example.subject(topic, position: position, row: 2, column: 3, channel: 1)
      return topic.lesson(about: subject).map { HandOut.Part($0, about: subject) }
    }
    let page = HandOut(
      title: "dog & cat <1>.png", photo: png, parts: parts, tellsAnswers: tellsAnswers)
    return (page, parts.map(\.lesson))
  }

  /// The SVG pictures of a page of HTML.
  private func pictures(in html: String) -> [String] {
    html.components(separatedBy: "<svg ").dropFirst().map {
      "<svg " + ($0.components(separatedBy: "</svg>").first ?? "") + "</svg>"
    }
  }

  @Test func everySentenceOfEveryLessonIsThere() throws {
    let (page, lessons) = try page()
    #expect(lessons.count == Topic.allCases.count)
    for lesson in lessons {
      #expect(page.html.contains("<h2>\(lesson.title.escapedForMarkup)</h2>"))
      for step in lesson.steps { #expect(page.html.contains(step.text.escapedForMarkup)) }
    }
    #expect(page.html.contains("<title>dog &amp; cat &lt;1&gt;.png</title>"))
    // The photo, the planes and the charts.
    let charts = lessons.reduce(0) { $0 + $1.steps.finalCharts.count }
    // With the patch and the kernel of the cell, and four of what a pair does.
    let planes = Topic.allCases.count(where: \.hasCell) + 2 + 4
    #expect(pictures(in: page.html).count == 1 + planes + charts)
    #expect(page.html.contains(Data(png).base64EncodedString()))
  }

  @Test func aWorksheetAsksAndDoesNotTell() throws {
    let (page, lessons) = try page(tellsAnswers: false)
    var rooms = 0
    for step in lessons.flatMap(\.steps) {
      if step.isQuestion {
        #expect(page.html.contains(step.text.escapedForMarkup))
        rooms += 1
      } else {
        #expect(!page.html.contains("<p>\(step.text.escapedForMarkup)</p>"), "\(step.text)")
      }
    }
    #expect(page.html.components(separatedBy: "class=\"room\"").count == rooms + 1)
    #expect(!page.html.contains("multiply-adds of the whole"))
    // The numbers that are to be multiplied are there.
    let cell = try #require(lessons.first as? Walkthrough)
    let numbers = pictures(in: page.html).dropFirst(2).prefix(2).map { picture in
      picture.matches(of: />(-?\d+\.\d+)</).compactMap { Double($0.output.1) }
    }
    #expect(numbers.map(\.count) == [9, 9])
    let products = zip(numbers[0], numbers[1]).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(products - cell.terms.reduce(0) { $0 + $1.amount }) < 0.02)
  }

  @Test func markdownHasTheSamePictures() throws {
    let (page, lessons) = try page()
    let found = page.markdown.components(separatedBy: "data:image/svg+xml;base64,").dropFirst()
      .compactMap { Data(base64Encoded: String($0.prefix { $0 != ")" })) }
      .map { String(decoding: $0, as: UTF8.self) }
    #expect(found == pictures(in: page.html))
    #expect(page.markdown.split(separator: "\n").count { $0.hasPrefix("## ") } == lessons.count)
    #expect(page.markdown.hasPrefix("# dog & cat \\<1\\>.png\n"))
  }

  /// A cell's shade is what its share of the largest value comes to.
  @Test func aPlaneIsDrawnInGreys() {
    let values: [Float] = [0, 1, 2, 3, .nan, 3, 0, 0, 3]
    let figure = Figure.plane(
      Plane(height: 3, width: 3, values: values), cell: (row: 1, column: 2), caption: "x")
    // 1/3 of 15 shades is 5: 255 - 85 = aa; 2/3 is 10: 255 - 170 = 55.
    for part in [
      "<rect x=\"0\" y=\"0\" width=\"1\" height=\"1\" fill=\"#ffffff\"/>",
      "<rect x=\"1\" y=\"0\" width=\"1\" height=\"1\" fill=\"#aaaaaa\"/>",
      "<rect x=\"2\" y=\"0\" width=\"1\" height=\"1\" fill=\"#555555\"/>",
      "<rect x=\"0\" y=\"1\" width=\"1\" height=\"1\" fill=\"#000000\"/>",
      "<rect x=\"1\" y=\"1\" width=\"1\" height=\"1\" fill=\"#ffffff\"/>",
      "<rect x=\"0\" y=\"2\" width=\"2\" height=\"1\" fill=\"#ffffff\"/>",
      "<rect x=\"2\" y=\"1\" width=\"1\" height=\"1\" fill=\"none\"",
    ] { #expect(figure.svg.contains(part), "\(figure.svg)") }
  }
}
