import Testing

@testable import Tensors

@Suite struct TensorPoolingTests {
  private let tensor = Tensor(
    shape: Shape(height: 4, width: 6, channels: 3),
    values: (0..<72).map { Float($0 * 37 % 19) - 4 })

  @Test func everyMeanIsTheOneOfItsPart() {
    let (rows, columns) = ([0..<1, 1..<4, 2..<3], [0..<2, 1..<6])
    let means = tensor.means(rows: rows, columns: columns)
    #expect(means.shape == Shape(height: 3, width: 2, channels: 3))
    for (y, rowRange) in rows.enumerated() {
      for (x, columnRange) in columns.enumerated() {
        for channel in 0..<3 {
          let values = rowRange.flatMap { row in columnRange.map { tensor[row, $0, channel] } }
          let mean = values.reduce(0, +) / Float(values.count)
          #expect(abs(means[y, x, channel] - mean) < 1e-5)
        }
      }
    }
  }

  @Test func theShareOfWhatIsNotBelowALimitIsCountedForEachChannel() {
    let shares = tensor.shares(notBelow: 6)
    for channel in 0..<3 {
      let values = tensor.plane(channel).values
      #expect(shares[channel] == Double(values.count { $0 >= 6 }) / 24)
    }
    #expect(shares != [0, 0, 0])
  }
}
