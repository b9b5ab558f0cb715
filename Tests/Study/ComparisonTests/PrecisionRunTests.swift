import Kernels
import MobileNet
import Tensors
import Testing

@testable import Comparison

@Suite struct PrecisionRunTests {
  @Test func lossesAreThoseOfTheFormulas() {
    // Two places of two channels: 0…8 and 0…1.
    let shape = Shape(height: 1, width: 2, channels: 2)
    let floats = Tensor(shape: shape, values: [0, 0, 8, 1])
    let reals = Tensor(shape: shape, values: [0, 0.5, 6, 0.5])
    let loss = LayerLoss(of: reals, from: floats, reach: 0...6, step: 0.5)
    // (0² + 0.5² + 2² + 0.5²) / 4, whose root is relative to 8.
    #expect(abs(loss.error - 1.125.squareRoot() / 8) < 1e-9)
    #expect(loss.largestError == 2.0 / 8)
    #expect(loss.clipped == 0.25)
    #expect(loss.saturated == 0.25)
    // √2 of 8 in the first, 0.5 of 1 in the second.
    #expect(loss.channel == 1 && loss.channelError == 0.5)

    let same = LayerLoss(of: floats, from: floats, reach: -8...8, step: 0.5)
    #expect(same.error == 0 && same.channel == nil && same.clipped == 0)
    // The highest number is the last one; so is the lowest where it does not stand for zero.
    #expect(same.saturated == 0.25)
    let low = LayerLoss(of: floats, from: floats, reach: 0...9, step: 0.5)
    #expect(low.saturated == 0)
  }

  /// A half ends at 65,504, and a layer behind it may clip what is larger.
  @Test(arguments: [(Float.infinity, Float(9)), (.infinity, .infinity), (2, .nan)])
  func whatIsNotFiniteIsOffWithoutEnd(real: Float, float: Float) {
    let shape = Shape(height: 1, width: 2, channels: 2)
    let loss = LayerLoss(
      of: Tensor(shape: shape, values: [real, 1, 0, 1]),
      from: Tensor(shape: shape, values: [float, 1, 0, 3]), reach: -65504...65504, step: 32)
    #expect(loss.error == .infinity && loss.largestError == .infinity)
    #expect(loss.channel == 0 && loss.channelError == .infinity)
    #expect(LossReport.share(loss.error) == "inf %")
  }

  @Test func aSingleValueSuffersRelativeToItsLayer() {
    let shape = Shape(height: 1, width: 1, channels: 3)
    let loss = LayerLoss(
      of: Tensor(shape: shape, values: [1, 4, 4]), from: Tensor(shape: shape, values: [0, 4, 2]),
      reach: 0...9, step: 1)
    #expect(loss.channel == 2 && loss.channelError == 0.5)
  }

  private struct Made {
    let network: Network
    let floats: Trace
    let checkpoint: Checkpoint

    init() throws {
      checkpoint = try Checkpoint.synthetic(Architecture(width: 0.25, classes: 10))
      network = try Network(checkpoint, resolution: 64, threads: 1)
      let shape = network.inputShape
      floats = network.run(
        Tensor(shape: shape, values: Checkpoint.syntheticValues(shape.count, seed: 1, scale: 2)))
    }

    func integers(_ extent: ActivationRanges.Extent = .extremes) throws -> PrecisionRun {
      var ranges = ActivationRanges(layers: network.layers.count, extent: extent)
      ranges.add(floats)
      let quantized = try checkpoint.quantized(
        for: 64, ranges, QuantizationRecipe(isSigned: true, isPerChannel: true))
      return try PrecisionRun(quantized, .integer, beside: floats, of: network)
    }
  }

  @Test func halvesLoseLessThanIntegers() throws {
    let made = try Made()
    let halves = try PrecisionRun(made.checkpoint, .half, beside: made.floats, of: made.network)
    let integers = try made.integers()
    for position in made.floats.layers.indices.dropLast() {
      let (half, integer) = (halves.losses[position], integers.losses[position])
      #expect(half.error < integer.error && half.error > 0)
      #expect(integer.largestError >= integer.error)
      #expect(half.clipped == 0)
    }
    #expect(halves.turningPoint == nil)
    // conv1's numbers are the nearest ones, so that no error is larger than what weights and input
    // are off by and half a step.
    #expect(integers.losses[0].error < 0.02)
  }

  /// Ranges that hold less clip what they do not hold.
  @Test func narrowRangesClip() throws {
    let made = try Made()
    let (all, narrow) = (try made.integers(), try made.integers(.percentile(95)))
    #expect(all.losses[0].clipped == 0)
    #expect(narrow.losses[0].clipped > 0.01 && narrow.losses[0].clipped < 0.06)
    #expect(narrow.losses[0].saturated > all.losses[0].saturated)
  }

  /// The answer from a layer on is what floats make of that layer's numbers.
  @Test func answersGoOnInFloats() throws {
    let made = try Made()
    let run = try made.integers()
    let last = made.floats.layers.count - 1
    #expect(run.answers[last]?.probability == run.reals.predictions(top: 1).first?.probability)
    let from = made.network.rerun(made.floats, from: 4, replacing: run.reals.output(at: 4))
    #expect(run.answers[4] == from.predictions(top: 1).first)
    #expect(run.floatAnswer == made.floats.predictions(top: 1).first)
  }

  @Test func aRooflineHasArithmeticAndTheLevelThatHoldsTheBytes() throws {
    let (cache, memory) = (
      MemoryLevel(name: "L2", capacity: 2_000_000, bandwidth: 50),
      MemoryLevel(name: "memory", capacity: .max, bandwidth: 10)
    )
    let roof = Roof(multiplyAdds: 100, levels: [cache, memory])
    #expect(roof.ridge(of: memory) == 10 && roof.ridge(of: cache) == 2)
    #expect(roof.limit(at: 1, from: memory) == 10 && roof.limit(at: 50, from: memory) == 100)
    #expect(roof.level(holding: 2_000_000) == cache && roof.level(holding: 2_000_001) == memory)
    let layers = Architecture().layers(resolution: 224)
    let depthwise = try #require(layers.first { $0.name == "conv2_1_dw" })
    // 112 × 112 × 32 of nine multiply-adds each; input and output of four bytes, 32 · 10 weights.
    let count = 112 * 112 * 32
    let point = try #require(RooflinePoint(depthwise, milliseconds: 1, under: roof))
    #expect(point.bytes == 4 * (2 * count + 320))
    #expect(point.intensity == Double(9 * count) / Double(4 * (2 * count + 320)))
    #expect(abs(point.speed - 3.612672) < 1e-9 && point.isMemoryBound)
    #expect(point.level == memory && abs(point.limit - 10 * point.intensity) < 1e-9)
    // 14 × 14 × 512 twice and 512 · 10 weights fit in the cache, which is five times as fast.
    let small = try #require(layers.first { $0.name == "conv5_1_dw" })
    let inCache = try #require(RooflinePoint(small, milliseconds: 1, under: roof))
    #expect(inCache.bytes == 4 * (2 * 14 * 14 * 512 + 5120) && inCache.level == cache)
    #expect(abs(inCache.limit - 50 * inCache.intensity) < 1e-9)
    let pooling = try #require(layers.first { $0.kind == .averagePooling })
    #expect(RooflinePoint(pooling, milliseconds: 1, under: roof) == nil)
  }

  /// Where layers were faster than what was measured, that is what the machine can do.
  @Test func theRoofIsNowhereLowerThanWhatLayersReach() throws {
    let levels = [
      MemoryLevel(name: "L2", capacity: 2_000_000, bandwidth: 1),
      MemoryLevel(name: "memory", capacity: .max, bandwidth: 1),
    ]
    let layers = Architecture().layers(resolution: 224)
    let times = layers.map { Double($0.multiplyAdds) / 1e8 + 0.01 }
    let low = Roofline(
      layers, milliseconds: times, under: Roof(multiplyAdds: 2, levels: levels))
    #expect(low.isRaised && low.points.count == layers.count { $0.multiplyAdds > 0 })
    let speeds = zip(layers, times).map { Double($0.multiplyAdds) / $1 / 1e6 }
    #expect(low.roof.multiplyAdds == speeds.max())
    for (position, point) in low.points {
      #expect(abs(point.speed - speeds[position]) < 1e-9)
      #expect(point.speed <= point.limit * (1 + 1e-12), "\(point.layer.name)")
    }
    // Some layer of each level, or of one farther away, reaches it.
    for level in low.roof.levels {
      let own = low.points.values.filter { $0.level.capacity >= level.capacity }
      #expect(own.contains { abs($0.speed / $0.intensity / level.bandwidth - 1) < 1e-12 })
    }
    let high = Roof(
      multiplyAdds: 1e6,
      levels: levels.map { MemoryLevel(name: $0.name, capacity: $0.capacity, bandwidth: 1e6) })
    let kept = Roofline(layers, milliseconds: times, under: high)
    #expect(!kept.isRaised && kept.roof == high)
    #expect(kept.note == nil && low.note?.contains("layers were faster") == true)
  }

  /// Caches can do as much as memory; on a busy machine they were measured slower.
  @Test func noLevelIsSlowerThanOneFartherAway() {
    let rates = [("L2", 2_000_000, 10.0), ("L3", 8_000_000, 30), ("memory", Int.max, 20)]
    let roof = Roof(
      multiplyAdds: 1e6,
      levels: rates.map { MemoryLevel(name: $0.0, capacity: $0.1, bandwidth: $0.2) })
    let layers = Architecture().layers(resolution: 224)
    let line = Roofline(layers, milliseconds: layers.map { _ in 1e3 }, under: roof)
    #expect(line.isRaised && line.roof.levels.map(\.bandwidth) == [30, 30, 20])
  }

  @Test func levelsOfMemoryAreMeasuredFromTheNearestToMemory() {
    let levels = Roof(threads: 2).levels
    #expect(levels.first?.name == "L2" && levels.last?.name == "memory")
    #expect(zip(levels, levels.dropFirst()).allSatisfy { $0.capacity < $1.capacity })
    #expect(levels.allSatisfy { $0.bandwidth > 0 })
  }
}
