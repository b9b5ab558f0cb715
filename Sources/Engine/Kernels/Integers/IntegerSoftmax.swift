import Foundation
import Tensors

/// The softmax of 8-bit integers in fixed-point arithmetic: bit for bit the result of TensorFlow
/// Lite's reference kernel.
public struct IntegerSoftmax: Sendable {
  /// Returns the quantisation of the kernel's output: steps of 1/256 from 0 to 255/256.
  public static func output(isSigned: Bool) -> Quantization {
    Quantization(scale: 1 / 256, zeroPoint: isSigned ? -128 : 0, isSigned: isSigned)
  }

  /// The number of bits before the point of differences, and of the sum of their powers.
  private static let (differenceBits, sumBits) = (5, 12)

  /// exp(−d) for each difference d of bytes, up to the largest difference that the fixed-point
  /// format holds.
  private let powers: [FixedPoint]

  /// Prepares a softmax of inputs with this quantisation.
  public init(_ input: Quantization) {
    let unit = exp2(Double(31 - Self.differenceBits))
    let factor = Requantization(min(Double(input.scale) * unit, 0x1p31 - 1))
    // Larger differences would not fit.
    let most = (exp2(Double(Self.differenceBits)) - 1) * unit / exp2(Double(factor.exponent))
    powers = (0...min(255, Int(most))).map {
      FixedPoint(raw: factor(Int32(-$0)), integerBits: Self.differenceBits).exponential
    }
  }

  /// Computes `output` from `input`.
  public func run(_ input: QuantizedTensor, into output: QuantizedDestination) {
    precondition(output.shape.count == input.shape.count)
    let count = input.shape.count
    let bytes = input.bytes
    let largest = (0..<count).reduce(0) { max($0, Int(bytes[$1])) }
    var sum = 0
    for index in 0..<count {
      let difference = largest - Int(bytes[index])
      if difference < powers.count {
        sum += powers[difference].with(integerBits: Self.sumBits).raw
      }
    }
    // With very many classes the sum saturates.
    sum = min(sum, Int(Int32.max))
    // Computes 1 / sum, with the sum as a number from 1 to 2 times a power of two.
    let headroom = UInt32(truncatingIfNeeded: sum).leadingZeroBitCount
    let remainder = FixedPoint(raw: sum << headroom - 1 << 31, integerBits: 0)
    let scale = remainder.reciprocalOfOneMore
    let shift = Self.sumBits - headroom + 31 - 8
    for index in 0..<count {
      let difference = largest - Int(bytes[index])
      let power = difference < powers.count ? scale * powers[difference] : nil
      let byte = power.map { Requantization.shifted($0.raw, right: shift) } ?? 0
      output.bytes[index] = UInt8(min(max(byte, 0), 255))
    }
  }
}
