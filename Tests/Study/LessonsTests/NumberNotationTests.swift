import MobileNet
import Testing

@testable import Lessons

/// Numbers are written as the language writes them, and names stay as they are.
@Suite struct NumberNotationTests {
  @Test(arguments: [
    ("3,840", "3.840"), ("0.25", "0,25"), ("-1,234.5", "-1.234,5"), ("(0.1250)", "(0,1250)"),
    ("   1.50  -0.25", "   1,50  -0,25"), ("3,612,672 + 25", "3.612.672 + 25"),
    ("mobilenet-1.0", "mobilenet-1.0"), ("a/1.5/b.jpg", "a/1.5/b.jpg"), ("1.5.jpg", "1.5.jpg"),
    ("112×112×32", "112×112×32"), ("none.", "none."),
    ("7.4e-5", "7,4e-5"), ("(-1.0e12).", "(-1,0e12)."), ("3.e4.5", "3.e4.5"),
  ])
  func decimalCommas(english: String, german: String) {
    #expect(NumberNotation(language: "de").written(english) == german)
    #expect(NumberNotation(language: "es").written(english) == german)
    #expect(NumberNotation(language: "en").written(english) == english)
  }

  /// Numbers in the language's notation, and names, are not converted again.
  @Test func nothingIsConvertedTwice() {
    let words = Words(language: "de")
    #expect(words.text(.text("1,234.5"), name: "sum") == "1.234,5")
    #expect(words.text(.verbatim("1.234,5"), name: "sum") == "1.234,5")
    let stage = StageWords(language: "de")
    #expect(
      stage("reads", ["what": "0.5"], verbatim: ["channel": "2.5"]).hasSuffix("0,5 2.5"))
  }

  /// In German a lesson has commas from the terms to the sums, in its steps and in its table.
  @Test func theTermsOfALessonHaveDecimalCommas() throws {
    let example = try Example(Architecture(width: 0.25, classes: 10))
    for position in example.trace.layers.indices {
      let lessons = try ["en", "de"].map {
        try Walkthrough(
          example.trace, checkpoint: example.checkpoint, position: position, row: 0, column: 0,
          channel: 3, script: .bundled(.cell, in: $0))
      }
      for (english, german) in [
        (lessons[0].steps.map(\.text), lessons[1].steps.map(\.text)),
        ([lessons[0].text], [lessons[1].text]),
      ] {
        for (english, german) in zip(english, german) {
          let stated = Set(numbers(in: german, language: "de"))
          #expect(stated == Set(numbers(in: english)), "\(german)")
        }
      }
    }
  }

  /// A table of weights names the colours, as the lesson's language does.
  @Test(arguments: [("en", "red"), ("de", "Rot"), ("es", "rojo")])
  func coloursHaveNames(language: String, red: String) throws {
    let example = try Example(Architecture(width: 0.25, classes: 10))
    let lesson = try Walkthrough(
      example.trace, checkpoint: example.checkpoint, position: 0, row: 3, column: 3, channel: 3,
      script: .bundled(.cell, in: language))
    let term = try #require(lesson.terms.first { $0.channel == 0 })
    #expect(lesson.sourceName(of: term) == red)
    #expect(lesson.place(of: term).hasSuffix(", \(red)"))
  }

  /// A chart is told with the answer that completes it, not with a question that still shows it.
  @Test func aChartStandsWhereItIsFirstComplete() {
    let (open, done) = (
      Chart("sizes", [.init("a", 1, "1"), .init(unknown: "b")]),
      Chart("sizes", [.init("a", 1, "1"), .init("b", 2, "2")])
    )
    let steps = [
      Step(.question, "How large is b?", charts: [open], isQuestion: true),
      Step(.answer, "2.", charts: [done]),
      Step(.question, "And how does it work?", charts: [done], isQuestion: true),
      Step(.answer, "Well.", charts: []),
    ]
    #expect(steps.finalCharts.map(\.step) == [1])
    #expect(steps.finalCharts.map(\.chart) == [done])
  }
}
