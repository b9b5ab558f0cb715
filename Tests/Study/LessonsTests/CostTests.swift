import MobileNet
import Testing

@testable import Lessons

@Suite struct CostTests {
  /// Howard et al., table 4: 4,866 M multiply-adds and 29.3 M parameters with standard
  /// convolutions, 569 M and 4.2 M with pairs.
  @Test func standardConvolutionsCostWhatThePaperSays() {
    let layers = Architecture().layers(resolution: 224)
    let bill = NetworkBill(layers, milliseconds: layers.map { _ in 0.5 })
    // The paper's figure leaves out the product at the end.
    #expect(bill.standardMultiplyAdds == 4_867_293_184)
    #expect((bill.standardMultiplyAdds - 1024 * 1000) / 1_000_000 == 4866)
    #expect((Double(bill.standardParameters) / 1e5).rounded() == 293)
    #expect(bill.multiplyAdds == 568_740_352 && bill.parameters == 4_221_032)
    #expect(bill.milliseconds == 15 && bill.replacements.count == 13)
    #expect(
      bill.entries.map(\.kind) == [
        .convolution, .depthwise, .pointwise, .averagePooling, .fullyConnected, .softmax,
      ])
  }

  @Test(arguments: [0.25, 0.5, 0.75, 1, 1.25], [128, 160, 192, 224] as [Resolution])
  func thePredictedRatioIsThatOfTheMultiplyAdds(width: Double, resolution: Resolution) throws {
    let layers = Architecture(width: width).layers(resolution: resolution)
    for position in 1...26 {
      let replacement = try #require(Replacement(layers, position: position))
      #expect(replacement.depthwise.index == (position + 1) / 2 * 2)
      let ratio = Double(replacement.multiplyAdds) / Double(replacement.standardMultiplyAdds)
      #expect(abs(ratio - replacement.predictedRatio) < 1e-12)
    }
    for position in [0, 27, 28, 29, 30] {
      #expect(Replacement(layers, position: position) == nil)
    }
  }

  @Test func formulasCarryTheNumbersOfTheLayer() throws {
    let layers = Architecture().layers(resolution: 224)
    let replacement = try #require(Replacement(layers, position: 7))
    #expect(replacement.standardFormula == "3·3·M·N·F·F = 3·3·128·256·28·28 = 231,211,008")
    #expect(
      replacement.pairFormula == "3·3·M·F·F + M·N·F·F = 903,168 + 25,690,112 = 26,593,280")
    #expect(replacement.standardParameters == 295_168 && replacement.parameters == 34_304)
    let times = ReplacementTimes(separable: 0.5, standard: 4)
    let text = try #require(
      try ReplacementLesson(replacement, times: times, script: .bundled(.replacement)).steps.last?
        .text)
    #expect(text.contains("0.500 ms against 4.000 ms, a ratio of 0.1250 where 0.1150"))
  }
}
