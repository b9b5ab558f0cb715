import Foundation
import Images
import MobileNet
import Tensors
import Testing

@testable import Explanation

struct VisualizationTests {
  @Test func theTransformIsThatOfItsDefinitionAndItsOwnInverse() {
    let side = 32
    let transform = HartleyTransform(side: side)
    let planes = Checkpoint.syntheticValues(3 * side * side, seed: 7, scale: 1)
    let waves = transform(planes)
    func cas(_ angle: Double) -> Double { cos(angle) + sin(angle) }
    for (plane, u, v) in [(0, 0, 0), (1, 3, 5), (2, 31, 17)] {
      var sum = 0.0
      for y in 0..<side {
        for x in 0..<side {
          let unit = 2 * Double.pi / Double(side)
          sum +=
            Double(planes[(plane * side + y) * side + x]) * cas(unit * Double(u * y))
            * cas(unit * Double(v * x))
        }
      }
      // Transposed: the first axis of the result is the second of the planes.
      let found = waves[(plane * side + v) * side + u]
      #expect(abs(Double(found) - sum / Double(side)) < 1e-4)
    }
    for (found, expected) in zip(transform(waves), planes) {
      #expect(abs(found - expected) < 1e-5)
    }
  }

  @Test func gradientsGoBackThroughATransformation() {
    var chance = SplitMix64(seed: 5)
    let transformation = Transformation(side: 32, chance: &chance)
    let (first, second) = (colors(seed: 1), colors(seed: 2))
    func product(_ a: [SIMD4<Float>], _ b: [SIMD4<Float>]) -> Double {
      zip(a, b).reduce(0) { $0 + Double(($1.0 * $1.1).sum()) }
    }
    // ⟨T·a, b⟩ = ⟨a, Tᵀ·b⟩.
    let forward = product(transformation.apply(first), second)
    let back = product(first, transformation.transposed(second))
    #expect(abs(forward - back) < 1e-3 * abs(forward) && forward != 0)
    #expect(
      transformation.apply(.init(repeating: .one, count: 1024)).allSatisfy {
        abs($0.x - 1) < 1e-5 && $0 == SIMD4(repeating: $0.x)
      })
  }

  /// Made-up colours of 32 × 32 places.
  private func colors(seed: Int) -> [SIMD4<Float>] {
    let values = Checkpoint.syntheticValues(3 * 32 * 32, seed: seed, scale: 1)
    return stride(from: 0, to: values.count, by: 3).map { index -> SIMD4<Float> in
      [values[index], values[index + 1], values[index + 2], 0]
    }
  }

  @Test func climbingMakesTheNumberLarger() {
    var chance = SplitMix64(seed: 3)
    let image = WaveImage(side: 32, chance: &chance)
    // The number is a sum of the colours with fixed weights.
    let weights = colors(seed: 4)
    func number() -> Float { zip(image.colors, weights).reduce(0) { $0 + ($1.0 * $1.1).sum() } }
    var before = number()
    for _ in 0..<5 {
      image.climb(weights)
      #expect(number() > before)
      before = number()
    }
    #expect(image.colors.allSatisfy { 0...1 ~= $0.min() && 0...1 ~= $0.max() })
  }

  /// A network whose first layer sees edges alone: each filter's weights add up to nothing.
  private func edges() throws -> Network {
    let plain = try Example(side: 32).network.checkpoint
    let layers = plain.architecture.layers(resolution: 32)
    var weights = Dictionary(
      uniqueKeysWithValues: layers.compactMap { layer in
        plain.weights(of: layer).map { (layer.name, $0) }
      })
    let first = try #require(weights["conv1"])
    var filters = first.weights
    for channel in 0..<filters.count / 27 {
      for color in 0..<3 {
        let taps = (0..<9).map { 27 * channel + 3 * $0 + color }
        let mean = taps.reduce(0) { $0 + filters[$1] } / 9
        for tap in taps { filters[tap] -= mean }
      }
    }
    weights["conv1"] = LayerWeights(weights: filters, biases: first.biases)
    let checkpoint = try Checkpoint(
      name: "edges", architecture: plain.architecture, weights: weights,
      preprocessing: .torchvision)
    return try Network(checkpoint, resolution: 32, threads: 2)
  }

  @Test func channelsThatSeeEdgesAreGivenSome() throws {
    let network = try edges()
    let preprocessing = network.checkpoint.preprocessing
    let flat = (0..<27).map { number in
      let color = [number % 3, number / 3 % 3, number / 9].map { 127.5 * Float($0) }
      let place = (0..<3).map { color[$0] * preprocessing.scale[$0] + preprocessing.offset[$0] }
      let values = (0..<32 * 32).flatMap { _ in place }
      return network.run(Tensor(shape: network.inputShape, values: values)).output(at: 0)
    }
    // The mean of such a channel's sums before ReLU is about the same for every picture: whoever climbs
    // that alone stays near the best flat colour.
    var (drawn, best) = (0.0, 0.0)
    for channel in 0..<network.layers[0].output.channels {
      let target = Target.channelMean(layer: 0, channel: channel)
      best += flat.map { target.value(of: $0) }.max() ?? 0
      let picture = try FeatureVisualization(network, target: target)
      for _ in 0..<64 { try picture.advance() }
      drawn += picture.value()
    }
    #expect(drawn > 2 * best, "\(drawn), \(best)")
  }

  @Test(arguments: [3, 1])
  func thePicturesExciteTheirChannelsMoreThanNoiseDoes(inputChannels: Int) throws {
    let example = try Example(side: 32, inputChannels: inputChannels)
    // Of grey noise this made-up network lets nothing through its second layer.
    let layer = example.position(inputChannels == 3 ? "conv2_1_sep" : "conv1")
    var (before, after) = (0.0, 0.0)
    for channel in 0..<6 {
      let target = Target.channelMean(layer: layer, channel: channel)
      let picture = try FeatureVisualization(example.network, target: target)
      before += picture.value()
      for _ in 0..<48 { try picture.advance() }
      after += picture.value()
      #expect(picture.step == 48)
    }
    #expect(after > 1.5 * before && after > 0, "\(before), \(after)")
  }

  @Test func thePictureDependsOnTheSeedAlone() throws {
    let example = try Example(side: 32)
    func pixels(seed: UInt64) throws -> Pixels {
      let picture = try FeatureVisualization(
        example.network, target: .channelMean(layer: 6, channel: 2), seed: seed)
      for _ in 0..<4 { try picture.advance() }
      return picture.pixels
    }
    let first = try pixels(seed: 1)
    #expect(try pixels(seed: 1) == first && pixels(seed: 2) != first)
  }

  // Behind ReLU a channel that is zero everywhere has no gradient.
  @Test func channelsThatNoiseDoesNotExciteBeginToGrow() throws {
    let example = try Example(side: 32)
    let layer = example.position("conv4_1_sep")
    var (dead, grown) = (0, 0)
    for channel in 0..<example.network.layers[layer].output.channels {
      let target = Target.channelMean(layer: layer, channel: channel)
      let picture = try FeatureVisualization(example.network, target: target)
      guard picture.value() == 0 else { continue }
      dead += 1
      for _ in 0..<48 { try picture.advance() }
      grown += picture.value() > 0 ? 1 : 0
    }
    #expect(dead > 2 && grown > 0, "\(grown) of \(dead)")
  }

  @Test func aSheetHoldsEveryPicture() {
    let pictures = (0..<3).map {
      PictureSheet.pixels([
        .init(width: 2, height: 2, bytes: .init(repeating: UInt8(50 * $0 + 50), count: 12))
      ])
    }
    let sheet = PictureSheet.pixels(pictures)
    #expect((sheet.width, sheet.height) == (5, 5))
    #expect([sheet[0, 0].red, sheet[3, 1].red, sheet[1, 4].red] == [50, 100, 150])
    #expect(sheet[2, 2].red == 0 && sheet[4, 4].red == 0)
  }

  @Test func aPictureThatIsNotFiniteIsKnown() {
    var chance = SplitMix64(seed: 1)
    let image = WaveImage(side: 16, chance: &chance)
    #expect(image.isFinite)
    image.climb([SIMD4<Float>](repeating: SIMD4(repeating: .infinity), count: 16 * 16))
    #expect(!image.isFinite)
  }

  @Test func whatIsNotFiniteIsNotDrawnOverThePhoto() {
    let map = Plane(height: 2, width: 2, values: [.nan, .infinity, -.infinity, .nan])
    let photo = Pixels(width: 2, height: 2, bytes: [UInt8](repeating: 100, count: 12))
    let bytes = ExplanationPicture.pixels(map, over: photo).bytes
    #expect(Set(bytes).count == 1 && bytes.count == 12)
  }
}
