import Tensors

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The layers that have no weights: they are too small to be divided.
public enum Reductions {
  /// The mean of each channel over all places.
  public static func averagePool(_ input: Tensor, into output: Destination) {
    let channels = input.shape.channels
    precondition(output.shape.count == channels)
    let sums = output.base
    sums.update(repeating: 0, count: channels)
    for place in 0..<input.shape.places {
      let values = input.base + place * channels
      for channel in 0..<channels { sums[channel] += values[channel] }
    }
    let scale = 1 / Float(max(input.shape.places, 1))
    for channel in 0..<channels { sums[channel] *= scale }
  }

  /// exp(x) over the sum of exp(x), with the largest x taken off first so that none overflows.
  public static func softmax(_ input: Tensor, into output: Destination) {
    precondition(output.shape.count == input.shape.count)
    let count = input.shape.count
    var largest = -Float.infinity
    for index in 0..<count { largest = max(largest, input.base[index]) }
    var sum = 0.0
    for index in 0..<count {
      let value = exp(input.base[index] - largest)
      output.base[index] = value
      sum += Double(value)
    }
    let scale = Float(1 / sum)
    for index in 0..<count { output.base[index] *= scale }
  }
}
