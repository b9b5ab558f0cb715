import Explanation
import MobileNet
import Tensors
import Testing

struct CurveTests {
  @Test func curvesLeadFromThePhotoToGreyAndBack() throws {
    let example = try Example()
    let explanation = try #require(
      try example.explainer.explain(.logit(3), by: .integrated))
    let curves = example.explainer.curves(of: explanation)
    func probability(_ values: [Float]) -> Double {
      let run = example.network.run(Tensor(shape: example.network.inputShape, values: values))
      return Double(run.output(at: run.layers.count - 1)[0, 0, 3])
    }
    let photo = example.trace.input.values
    let grey = [Float](repeating: 0, count: photo.count)
    #expect(curves.deletion.count == 29 && curves.insertion.count == 29)
    #expect(curves.deletion.first == probability(photo))
    #expect(curves.insertion.last == probability(photo))
    #expect(curves.deletion.last == probability(grey))
    #expect(curves.insertion.first == probability(grey))
    // The second step: the two or three squares with the largest means, of 64, are grey.
    let map = explanation.map
    let means = (0..<64).map { square in
      (0..<64).reduce(Float(0)) { sum, place in
        sum + map[square / 8 * 8 + place / 8, square % 8 * 8 + place % 8]
      }
    }
    let first = means.indices.sorted { means[$0] > means[$1] }.prefix(64 * 2 / 28)
    var values = photo
    for square in first {
      for place in 0..<64 {
        let index = (square / 8 * 8 + place / 8) * 64 + square % 8 * 8 + place % 8
        for channel in 0..<3 { values[3 * index + channel] = 0 }
      }
    }
    #expect(curves.deletion[2] == probability(values))
    let area = (1..<29).reduce(0) { $0 + (curves.deletion[$1] + curves.deletion[$1 - 1]) / 2 }
    #expect(abs(curves.deletionArea - area / 28) < 1e-9)
  }

  @Test func chanceDependsOnTheSeedAlone() throws {
    let example = try Example(side: 32)
    let first = example.explainer.randomCurves(of: .logit(3))
    #expect(example.explainer.randomCurves(of: .logit(3)).deletion == first.deletion)
    var settings = Explainer.Settings()
    settings.seed = 9
    let other = Explainer(example.network, example.trace, settings: settings)
    #expect(other.randomCurves(of: .logit(3)).deletion != first.deletion)
  }

  @Test func aNetworkWithoutClassesIsMeasuredByItsChannel() throws {
    let example = try Example(classes: nil, side: 32)
    let target = Target.channelMean(layer: 8, channel: 5)
    let explanation = try #require(try example.explainer.explain(target, by: .gradient))
    let curves = example.explainer.curves(of: explanation)
    #expect(curves.deletion.first == 1 && curves.insertion.last == 1)
  }
}
