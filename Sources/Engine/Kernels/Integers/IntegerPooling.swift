import Tensors

/// The mean of each channel over all places, in integers.
public enum IntegerPooling: Hashable, Sendable {
  /// TensorFlow Lite's AVERAGE_POOL_2D: the mean of the integers, with halves rounded away from
  /// zero.
  case average
  /// TensorFlow Lite's MEAN: the factor input scale / output scale is part of the division.
  case mean

  /// Computes `output` from `input`, with bytes clamped to `limits`.
  public func run(
    _ input: QuantizedTensor, into output: QuantizedDestination, limits: ByteLimits
  ) {
    let (channels, places) = (input.shape.channels, input.shape.places)
    precondition(output.shape.count == channels)
    var sums = [Int32](repeating: 0, count: channels)
    sums.withUnsafeMutableBufferPointer { sums in
      for place in 0..<places {
        let bytes = input.bytes + place * channels
        for channel in 0..<channels { sums[channel] &+= Int32(bytes[channel]) }
      }
    }
    let byte = byte(places, from: input.quantization, to: output.quantization)
    for channel in 0..<channels {
      let value = byte(Int(sums[channel]))
      output.bytes[channel] = UInt8(min(max(value, limits.floor), limits.ceiling))
    }
  }

  /// Returns the function from the sum of `places` bytes to the output byte.
  private func byte(
    _ places: Int, from input: Quantization, to output: Quantization
  ) -> (Int) -> Int {
    switch self {
    case .average:
      // Halves are rounded away from the integer 0, whose byte is not 0 where integers are signed.
      return { sum in
        let numbers = sum - input.bias * places
        let half = numbers > 0 || !input.isSigned ? places / 2 : -(places / 2)
        return (numbers + half) / places + input.bias
      }
    case .mean:
      let ratio = Requantization(Double(input.scale) / Double(output.scale))
      // The division takes as many bits from the shift as it leaves in the multiplier.
      let bits = min(Int.bitWidth - 1 - places.leadingZeroBitCount, 32, 31 + ratio.exponent)
      let factor = Requantization(
        multiplier: Int32(truncatingIfNeeded: Int(ratio.multiplier) << bits / places),
        exponent: ratio.exponent - bits)
      return { sum in
        factor(Int32(truncatingIfNeeded: sum - input.zeroByte * places)) + output.zeroByte
      }
    }
  }
}
