import Testing

@testable import Lessons

/// Numbers are written as the language writes them, and names stay as they are.
@Suite struct NumberNotationTests {
  @Test(arguments: [
    ("3,840", "3.840"), ("0.25", "0,25"), ("-1,234.5", "-1.234,5"), ("(0.1250)", "(0,1250)"),
    ("   1.50  -0.25", "   1,50  -0,25"), ("3,612,672 + 25", "3.612.672 + 25"),
    ("mobilenet-1.0", "mobilenet-1.0"), ("a/1.5/b.jpg", "a/1.5/b.jpg"), ("1.5.jpg", "1.5.jpg"),
    ("112×112×32", "112×112×32"), ("none.", "none."),
  ])
  func decimalCommas(english: String, german: String) {
    #expect(NumberNotation(language: "de").written(english) == german)
    #expect(NumberNotation(language: "es").written(english) == german)
    #expect(NumberNotation(language: "en").written(english) == english)
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
