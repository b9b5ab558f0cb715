import Testing

@testable import Tensors

@Suite struct ChannelStatisticsTests {
  @Test func everyChannelIsSummarisedLikeItsPlane() {
    let shape = Shape(height: 3, width: 4, channels: 5)
    let values = (0..<shape.count).map { Float(($0 * 7) % 11 - 4) }
    let tensor = Tensor(shape: shape, values: values)
    let summary = ChannelStatistics(tensor)
    for channel in 0..<5 {
      #expect(summary.channels[channel] == tensor.plane(channel).statistics)
    }
    #expect(summary.range == -4...6)
    #expect(abs(summary.mean - tensor.statistics.mean) < 1e-12)
    #expect(abs(summary.zeroShare - tensor.statistics.zeroShare) < 1e-12)
  }

  @Test func theMostCoherentChannelVariesFromPartToPart() {
    // A checkerboard varies most, and within every part; the third is a faint gradient.
    let shape = Shape(height: 16, width: 16, channels: 3)
    var values: [Float] = []
    for y in 0..<16 {
      for x in 0..<16 {
        values.append(Float((x + y) % 2) * 9)
        values.append(x < 8 && y < 8 ? 4 : 0)
        values.append(Float(x) / 100)
      }
    }
    #expect(ChannelStatistics(Tensor(shape: shape, values: values)).mostCoherent == 1)
  }

  @Test func theSpreadLeavesOutAHundredthAtEitherEnd() {
    #expect((0...1000).map(Float.init).spread == 10...990)
    #expect([Float](repeating: 3, count: 50).spread == 3...3)
    #expect(([5] + [Float](repeating: 0, count: 999)).spread == 0...5)
    #expect([Float.nan, .infinity, 2, 1].spread == 1...2)
    #expect([Float]().spread == 0...0)
    let shape = Shape(height: 112, width: 112, channels: 32)
    let tensor = Tensor(shape: shape, values: (0..<shape.count).map { Float($0 % 32) })
    #expect(tensor.spread == 0...31)
  }

  @Test(arguments: [1, 2, 49, 100, 101, 102, 196, 250, 3136])
  func theSpreadIsThatOfTheSortedValues(count: Int) {
    var state: UInt64 = 7
    let values = (0..<count).map { _ -> Float in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) - 6_000_000
    }
    // With many equal values as well, as behind a ReLU.
    for values in [values, values.map { max(0, $0) }] {
      let sorted = values.sorted()
      let hundredth = (count - 1) / 100
      #expect(values.spread == sorted[hundredth]...sorted[count - 1 - hundredth])
    }
  }

  @Test func ofChannelsTooSmallForPartsTheOneIsTakenThatVariesMost() {
    let tensor = Tensor(
      shape: Shape(height: 1, width: 2, channels: 4), values: [9, 1, 5, 2, 9, 4, 2, 5])
    #expect(ChannelStatistics(tensor).mostCoherent == 1)
    let single = Tensor(shape: Shape(side: 1, channels: 4), values: [1, 7, 7, 0])
    #expect(ChannelStatistics(single).mostCoherent == 1)
  }

  @Test func aChannelWithoutFiniteValuesIsEmpty() {
    let shape = Shape(height: 1, width: 2, channels: 3)
    let values: [Float] = [.nan, 1, 0, -.infinity, .infinity, 0]
    let summary = ChannelStatistics(Tensor(shape: shape, values: values))
    #expect(summary.channels.map(\.isEmpty) == [true, false, false])
    #expect(!summary.isEmpty)
    let none = Tensor(shape: shape, values: [Float](repeating: .nan, count: 6))
    #expect(ChannelStatistics(none).isEmpty)
  }
}
