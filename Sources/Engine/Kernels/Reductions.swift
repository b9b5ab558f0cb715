import Tensors

/// The layers that have no weights; but for the mean they are too small to be divided.
public enum Reductions {
  /// Computes the mean of each channel over all places.
  public static func averagePool(_ input: Tensor, into output: Destination, workers: Workers) {
    let channels = input.shape.channels
    precondition(output.shape.count == channels)
    // Whoever computed channels has them at hand.
    let pieces = min(workers.count, max(1, channels / 64))
    workers.divide(pieces) { piece, _ in
      averagePool(input, channels: (0..<channels).part(piece, of: pieces), into: output.base)
    }
  }

  private static func averagePool(
    _ input: Tensor, channels: Range<Int>, into sums: UnsafeMutablePointer<Float>
  ) {
    for channel in channels { sums[channel] = 0 }
    for place in 0..<input.shape.places {
      let values = input.base + place * input.shape.channels
      for channel in channels { sums[channel] += values[channel] }
    }
    let scale = 1 / Float(max(input.shape.places, 1))
    for channel in channels { sums[channel] *= scale }
  }

  /// Spreads the gradient of each channel's mean evenly over all places.
  public static func spread(_ gradient: Tensor, into result: Destination) {
    let channels = result.shape.channels
    precondition(gradient.shape.count == channels)
    let scale = 1 / Float(max(result.shape.places, 1))
    for channel in 0..<channels { result.base[channel] = gradient.base[channel] * scale }
    for place in 1..<max(1, result.shape.places) {
      (result.base + place * channels).update(from: result.base, count: channels)
    }
  }

  /// Computes the largest value of each channel in windows of `side` rows and columns, `stride`
  /// apart; the first window begins `before` outside of the input.
  ///
  /// Places outside of the input do not count.
  public static func maxPool(
    _ input: Tensor, side: Int, stride: Int, before: Margin, into output: Destination
  ) {
    let channels = input.shape.channels
    precondition(output.shape.channels == channels)
    for row in 0..<output.shape.height {
      for column in 0..<output.shape.width {
        let target = output.base + (row * output.shape.width + column) * channels
        target.update(repeating: -.infinity, count: channels)
        let (top, left) = (row * stride - before.above, column * stride - before.left)
        for y in max(top, 0)..<min(top + side, input.shape.height) {
          for x in max(left, 0)..<min(left + side, input.shape.width) {
            let values = input.base + (y * input.shape.width + x) * channels
            for channel in 0..<channels { target[channel] = max(target[channel], values[channel]) }
          }
        }
      }
    }
  }

  /// Computes exp(x) over the sum of exp(x), after subtracting the largest x so that no power
  /// overflows.
  public static func softmax(_ input: Tensor, into output: Destination) {
    precondition(output.shape.count == input.shape.count)
    let count = input.shape.count
    let (values, powers) = (input.base, output.base)
    var largest = -Float.infinity
    for index in 0..<count where values[index] > largest { largest = values[index] }
    var sum = 0.0
    for first in stride(from: 0, to: count, by: 4) {
      if first + 4 <= count {
        let four = UnsafeRawPointer(values + first).loadUnaligned(as: SIMD4<Float>.self)
        let power = exponential(four - largest)
        UnsafeMutableRawPointer(powers + first).storeBytes(of: power, as: SIMD4<Float>.self)
        sum += Double(power.sum())
      } else {
        for index in first..<count {
          powers[index] = exponential(SIMD4(repeating: values[index] - largest))[0]
          sum += Double(powers[index])
        }
      }
    }
    let scale = Float(1 / sum)
    for index in 0..<count { powers[index] *= scale }
  }

  /// Computes 1 / (1 + exp(−x)) of each value.
  public static func sigmoid(_ input: Tensor, into output: Destination) {
    precondition(output.shape.count == input.shape.count)
    for index in 0..<input.shape.count {
      let value = input.base[index]
      // Takes powers of negative numbers only, so that none overflows.
      let power = exponential(SIMD4(repeating: -value.magnitude))[0]
      output.base[index] = (value < 0 ? power : 1) / (1 + power)
    }
  }

  /// Copies `input` to the channels of `output` from `firstChannel` on, or adds it to them.
  public static func join(
    _ input: Tensor, into output: Destination, firstChannel: Int, adding: Bool
  ) {
    let (channels, step) = (input.shape.channels, output.shape.channels)
    precondition(
      input.shape.places == output.shape.places && firstChannel + channels <= step,
      "\(input.shape) do not fit into \(output.shape) from channel \(firstChannel) on")
    for place in 0..<input.shape.places {
      let source = input.base + place * channels
      let target = output.base + place * step + firstChannel
      for channel in 0..<channels {
        target[channel] = adding ? target[channel] + source[channel] : source[channel]
      }
    }
  }

  /// Returns exp(x) of numbers that are not above zero, within two units in the last place;
  /// exp(−87) for numbers below −87, where the range of floats ends.
  ///
  /// x is n·ln 2 + r with an integer n, and exp(r) is a truncated series: for |r| up to ½ ln 2, the
  /// error of eight terms is below a float's precision.
  static func exponential(_ x: SIMD4<Float>) -> SIMD4<Float> {
    let x = x.replacing(with: -87, where: x .< -87)
    // Adding 1.5 · 2²³ rounds to an integer, which then stands in the low bits.
    let shifted = x * 1.442_695 + 12_582_912
    let n = shifted - 12_582_912
    // ln 2 is split into two parts, the first with so few digits that its product with n is exact.
    let r = (x - n * 0.693_359_375) - n * -2.121_944_4e-4
    var series = SIMD4<Float>(repeating: 1 / 5040)
    func add(_ term: Float) { series = SIMD4(repeating: term) + series * r }
    add(1 / 720)
    add(1 / 120)
    add(1 / 24)
    add(1 / 6)
    add(1 / 2)
    add(1)
    add(1)
    let exponent = (unsafeBitCast(shifted, to: SIMD4<UInt32>.self) &+ 127) &<< 23
    return series * unsafeBitCast(exponent, to: SIMD4<Float>.self)
  }
}
