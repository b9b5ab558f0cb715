import Testing

@testable import Evaluation

/// Which network is the best that one can afford.
@Suite struct FolderComparisonTests {
  static func row(_ name: String, _ multiplyAdds: Int, _ milliseconds: Double, right: Int)
    -> FolderComparison.Row
  {
    FolderComparison.Row(
      name: name, resolution: 224, parameters: 1, multiplyAdds: multiplyAdds,
      milliseconds: milliseconds,
      evaluation: Evaluation(
        answers: (0..<4).map {
          ImageResult(image: "\($0)", truth: $0 < right ? 0 : 1, probabilities: [0.9, 0.1])
        }))
  }

  static let comparison = FolderComparison([
    row("large", 500_000_000, 9, right: 3), row("middle", 150_000_000, 4, right: 2),
    row("odd", 160_000_000, 3, right: 2), row("small", 40_000_000, 1, right: 1),
  ])

  @Test func theBestWithinABudgetIsTheMostAccurate() throws {
    func best(_ text: String) throws -> String? {
      Self.comparison.best(within: try #require(FolderComparison.Budget(text)))?.name
    }
    #expect(try best("10ms") == "large")
    // As good as the other, for less work.
    #expect(try best("200M") == "middle")
    #expect(try best("3 ms") == "odd")
    #expect(try best("0.04G") == "small")
    #expect(try best("10k") == nil)
  }

  @Test(arguments: ["5", "ms", "-5ms", "5 s", "0M", "", "5msM"])
  func whatIsNoBudgetIsNone(text: String) { #expect(FolderComparison.Budget(text) == nil) }
}
