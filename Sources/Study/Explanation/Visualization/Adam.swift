/// Gradient ascent with a step size for each number: Kingma and Ba, "Adam", 2015, algorithm 1.
struct Adam {
  private let rate: Float
  private var mean: [Float]
  private var square: [Float]
  private var powers: (mean: Float, square: Float) = (1, 1)

  private static let (meanDecay, squareDecay): (Float, Float) = (0.9, 0.999)

  /// Begins with `count` numbers and steps of about `rate`.
  init(count: Int, rate: Float) {
    self.rate = rate
    mean = [Float](repeating: 0, count: count)
    square = mean
  }

  /// Moves `numbers` up along `gradient`.
  mutating func climb(_ numbers: inout [Float], _ gradient: [Float]) {
    powers.mean *= Self.meanDecay
    powers.square *= Self.squareDecay
    let step = rate / (1 - powers.mean)
    let scale = 1 / (1 - powers.square)
    for index in numbers.indices {
      mean[index] += (1 - Self.meanDecay) * (gradient[index] - mean[index])
      square[index] += (1 - Self.squareDecay) * (gradient[index] * gradient[index] - square[index])
      numbers[index] += step * mean[index] / ((square[index] * scale).squareRoot() + 1e-8)
    }
  }
}
