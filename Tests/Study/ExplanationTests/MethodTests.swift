import Explanation
import MobileNet
import Tensors
import Testing

struct MethodTests {
  let example: Example

  init() throws { example = try Example() }

  private func explain(
    _ target: Target, _ method: ExplanationMethod, at layer: String? = nil,
    settings: Explainer.Settings = Explainer.Settings()
  ) throws -> Explanation {
    let explainer = Explainer(example.network, example.trace, settings: settings)
    return try #require(
      try explainer.explain(
        target, by: method, at: layer.map { .layer(example.position($0)) } ?? .input))
  }

  // Zhou et al. 2016: the classifier's weights on the last convolution, centred over the classes
  // first, because the target is.
  @Test func gradientTimesActivationAtTheLastConvolutionIsTheClassActivationMap() throws {
    let found = try explain(.logit(3), .gradientTimesActivation, at: "conv6_sep").map
    let maps = try (0..<10).map {
      try #require(
        Evidence(example.trace, checkpoint: example.network.checkpoint, classIndex: $0)
      ).places.values
    }
    let scale = maps[3].map(\.magnitude).max() ?? 0
    for place in found.values.indices {
      let mean = maps.reduce(0) { $0 + $1[place] } / 10
      #expect(abs(found.values[place] - (maps[3][place] - mean)) < 1e-5 * scale)
    }
  }

  @Test(arguments: [nil, "conv2_2_sep", "conv5_3_dw"], [Target.logit(3), .difference(1, from: 2)])
  func integratedGradientsAddUpToTheDifference(layer: String?, target: Target) throws {
    let found = try explain(target, .integrated, at: layer)
    let baseline = try #require(found.baseline)
    let grey = [Float](repeating: 0, count: example.network.inputShape.count)
    #expect(try abs(baseline - example.value(target, of: grey)) < 1e-6)
    let difference = found.value - baseline
    // What is left is the error of a sum over steps: small beside the parts, which nearly cancel.
    let size = found.values.values.reduce(0.0) { $0 + Double($1.magnitude) }
    #expect(abs(found.sum - difference) < 0.01 * size, "\(found.sum), \(difference), \(size)")
  }

  @Test func smoothGradWithoutNoiseIsTheGradient() throws {
    var settings = Explainer.Settings()
    (settings.noise, settings.samples) = (0, 3)
    let gradient = try explain(.logit(3), .gradient)
    let smooth = try explain(.logit(3), .smoothgrad, settings: settings)
    let scale = gradient.values.values.map(\.magnitude).max() ?? 0
    for (found, expected) in zip(smooth.values.values, gradient.values.values) {
      #expect(abs(found - expected) <= 1e-6 * scale)
    }
  }

  @Test func smoothGradDependsOnTheSeedAlone() throws {
    var settings = Explainer.Settings()
    settings.samples = 2
    let first = try explain(.logit(3), .smoothgrad, settings: settings).values.values
    #expect(try explain(.logit(3), .smoothgrad, settings: settings).values.values == first)
    settings.seed = 2
    #expect(try explain(.logit(3), .smoothgrad, settings: settings).values.values != first)
  }

  // Selvaraju et al. 2017, with sums over everything.
  @Test func gradCAMWeighsChannelsByTheirMeanGradient() throws {
    var positive = 0
    for (layer, target) in [
      ("conv5_2_sep", Target.logit(3)), ("conv5_2_sep", .logit(4)), ("conv4_1_sep", .logit(5)),
      ("conv6_sep", .difference(1, from: 2)),
    ] {
      let position = example.position(layer)
      let found = try explain(target, .gradCAM, at: layer)
      let gradient = try #require(
        try example.network.gradient(of: target, at: example.trace).output(at: position))
      let output = example.trace.output(at: position)
      let means = (0..<output.shape.channels).map { channel in
        gradient.plane(channel).values.reduce(0.0) { $0 + Double($1) } / Double(output.shape.places)
      }
      for row in 0..<output.shape.height {
        for column in 0..<output.shape.width {
          let sum = means.indices.reduce(0.0) {
            $0 + means[$1] * Double(output[row, column, $1])
          }
          #expect(abs(Double(found.values[row, column, 0]) - max(sum, 0)) < 1e-6)
          positive += sum > 0 ? 1 : 0
        }
      }
    }
    #expect(positive > 0)
  }

  @Test func occlusionIsWhatASquareTakesAway() throws {
    let found = try explain(.logit(3), .occlusion)
    // Squares of 64 / 7 = 9 pixels, every 64 / 14 = 4.
    #expect(found.values.shape == Shape(side: 14, channels: 1))
    for (row, column) in [(0, 0), (5, 9), (13, 13)] {
      var values = example.trace.input.values
      for y in 4 * row..<4 * row + 9 {
        for x in 4 * column..<4 * column + 9 {
          for channel in 0..<3 { values[(y * 64 + x) * 3 + channel] = 0 }
        }
      }
      let loss = try found.value - example.value(.logit(3), of: values)
      #expect(abs(Double(found.values[row, column, 0]) - loss) < 1e-5)
    }
  }

  @Test func whatMakesNoSenseIsNamed() throws {
    func message(
      _ target: Target, _ method: ExplanationMethod, at level: Explainer.Level
    ) -> String {
      do {
        _ = try example.explainer.explain(target, by: method, at: level)
        return ""
      } catch { return "\(error)" }
    }
    let channel = Target.channelMean(layer: 4, channel: 0)
    #expect(
      message(channel, .gradient, at: .layer(5)).hasPrefix("conv3_1_dw comes after conv2_2_sep"))
    #expect(message(channel, .gradient, at: .layer(4)).isEmpty)
    #expect(message(.logit(3), .gradCAM, at: .input).hasPrefix("grad-cam weighs"))
    #expect(message(.logit(10), .gradient, at: .usual).hasPrefix("there is no class 10"))
    var settings = Explainer.Settings()
    settings.steps = 0
    #expect(throws: ExplanationError.setting("steps", 0, expected: 1...10_000)) {
      try settings.check()
    }
  }

  @Test func workThatNobodyWantsStops() throws {
    for method in [ExplanationMethod.smoothgrad, .integrated, .occlusion] {
      var heard = 0
      let found = try example.explainer.explain(.logit(3), by: method) { _, _ in
        heard += 1
        return heard < 3
      }
      #expect(found == nil && heard == 3)
    }
  }
}
