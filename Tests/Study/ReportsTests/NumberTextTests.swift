import Testing

@testable import Reports

@Suite struct NumberTextTests {
  @Test func thousandsStandApart() {
    #expect(NumberText.grouped(4_221_032) == "4,221,032")
    #expect(NumberText.grouped(-1_000) == "-1,000")
    #expect(NumberText.grouped(0) == "0")
  }

  @Test func countsGetAUnit() {
    #expect(NumberText.short(672) == "672")
    #expect(NumberText.short(9_999) == "9,999")
    #expect(NumberText.short(21_200) == "21.2 k")
    #expect(NumberText.short(568_740_352) == "568.7 M")
    #expect(NumberText.short(4_866_450_000) == "4,866.5 M")
    #expect(NumberText.short(999_990_000) == "1,000.0 M")
    #expect(NumberText.short(15_300_000_000) == "15.3 G")
  }

  @Test func digitsAreRoundedHalfAwayFromZero() {
    #expect(NumberText.fixed(0.125, 2) == "0.13")
    #expect(NumberText.fixed(-0.004, 2) == "0.00")
    #expect(NumberText.fixed(2.5, 0) == "3")
    #expect(NumberText.fixed(-.infinity, 2) == "too large")
    #expect(NumberText.value(.nan) == "not a number" && NumberText.percent(.nan) == "not a number")
  }

  @Test func filesGetAllDigits() {
    for value: Float in [0.1, 1e-7, 3.4e38, -2] { #expect(Float(NumberText.exact(value)) == value) }
    let others: [Float] = [.nan, -Float.nan, .infinity, -Float.infinity]
    #expect(others.map { NumberText.exact($0) } == ["nan", "nan", "inf", "-inf"])
  }

  @Test func valuesKeepAboutFourDigits() {
    #expect(NumberText.value(0) == "0")
    #expect(NumberText.value(0.01234) == "0.0123")
    #expect(NumberText.value(5.912) == "5.91")
    #expect(NumberText.value(-1.23e-7) == "-1.2e-7")
    #expect(NumberText.value(.greatestFiniteMagnitude) == "3.4e38")
  }
}
