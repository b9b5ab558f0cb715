import MobileNet
import Testing

/// The figures of the paper (tables 1, 4, 6 and 7) and of the article.
struct ArchitectureTests {
  @Test func widthOneHasTheFiguresOfTheArticle() {
    let layers = Architecture().layers(resolution: 224)
    #expect(layers.count == 30)
    #expect(layers.parameters == 4_221_032)
    #expect(layers.multiplyAdds == 568_740_352)
  }

  @Test func shallowLeavesOutTheFiveMiddlePairs() {
    let layers = Architecture(shallow: true).layers(resolution: 224)
    #expect(layers.count == 20)
    #expect(!layers.contains { $0.name == "conv5_3_dw" })
    #expect(layers.multiplyAdds / 1_000_000 == 307)
  }

  @Test(arguments: [(0.75, 325), (0.5, 149), (0.25, 41)])
  func widthsCostWhatThePaperSays(width: Double, millions: Int) {
    let layers = Architecture(width: width).layers(resolution: 224)
    #expect(abs(layers.multiplyAdds / 1_000_000 - millions) <= 1)
  }

  @Test(arguments: [(192, 418), (160, 290), (128, 186)] as [(Resolution, Int)])
  func resolutionsCostWhatThePaperSays(resolution: Resolution, millions: Int) {
    let layers = Architecture().layers(resolution: resolution)
    #expect(abs(layers.multiplyAdds / 1_000_000 - millions) <= 1)
  }

  @Test func everyLayerTakesWhatTheOneBeforeGives() {
    for side in Resolution.sides {
      let layers = Architecture(width: 0.5).layers(
        resolution: Resolution(height: side, width: 1040 - side))
      for (before, after) in zip(layers, layers.dropFirst()) {
        #expect(before.output == after.input)
      }
    }
  }
}
