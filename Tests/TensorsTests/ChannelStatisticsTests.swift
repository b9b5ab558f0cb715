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

  @Test func theStrongestChannelHasTheLargestMean() {
    let tensor = Tensor(
      shape: Shape(height: 1, width: 2, channels: 3), values: [0, 5, 5, 1, 5, 5])
    #expect(ChannelStatistics(tensor).strongest == 1)
  }
}
