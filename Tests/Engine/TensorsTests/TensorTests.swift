import Tensors
import Testing

struct TensorTests {
  let tensor = Tensor(
    shape: Shape(height: 2, width: 3, channels: 2),
    values: [0, 10, 1, 11, 2, 12, 3, 13, 4, 14, 0, -15])

  @Test func channelsVaryFastest() {
    #expect(tensor[1, 2, 0] == 0)
    #expect(tensor[1, 0, 1] == 13)
  }

  @Test func aPlaneIsOneChannel() {
    #expect(tensor.plane(1).values == [10, 11, 12, 13, 14, -15])
    #expect(tensor.plane(0)[1, 1] == 4)
  }

  @Test func theLargestValueIsFoundWhereverItIs() {
    for count in [1, 15, 16, 17, 40] {
      for place in 0..<count {
        var values = (0..<count).map { -Float($0) - 1 }
        values[place] = -0.5
        let tensor = Tensor(shape: Shape(height: 1, width: 1, channels: count), values: values)
        #expect(tensor.maximum == -0.5)
      }
    }
  }

  @Test func statistics() {
    let statistics = tensor.statistics
    #expect(statistics.minimum == -15)
    #expect(statistics.maximum == 14)
    #expect(abs(statistics.mean - 55.0 / 12) < 1e-12)
    #expect(abs(statistics.zeroShare - 2.0 / 12) < 1e-12)
  }
}
