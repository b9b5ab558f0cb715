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

  @Test func theMostVariedChannelHasTheLargestDeviation() {
    let tensor = Tensor(
      shape: Shape(height: 1, width: 2, channels: 4), values: [9, 1, 5, 2, 9, 4, 2, 5])
    #expect(ChannelStatistics(tensor).mostVaried == 1)
    let single = Tensor(shape: Shape(side: 1, channels: 4), values: [1, 7, 7, 0])
    #expect(ChannelStatistics(single).mostVaried == 1)
  }
}
