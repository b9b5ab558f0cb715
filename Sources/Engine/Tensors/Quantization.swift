/// What numbers of eight bits stand for: scale · (number − zero point).
///
/// Jacob et al., "Quantization and Training of Neural Networks for Efficient
/// Integer-Arithmetic-Only Inference", 2018, section 2.1.
public struct Quantization: Hashable, Sendable, Codable {
  /// The distance between neighbouring numbers.
  public let scale: Float
  /// The number that stands for zero.
  public let zeroPoint: Int
  /// Whether the numbers go from −128 to 127 (int8), not from 0 to 255 (uint8).
  public let isSigned: Bool

  /// Numbers of `scale` around `zeroPoint`, which is one of them.
  public init(scale: Float, zeroPoint: Int, isSigned: Bool) {
    self.scale = scale
    self.zeroPoint = zeroPoint
    self.isSigned = isSigned
  }

  /// The numbers that there are.
  public var numbers: ClosedRange<Int> { isSigned ? -128...127 : 0...255 }

  /// The lowest and the highest number as reals.
  public var reals: ClosedRange<Float> {
    real(numbers.lowerBound)...real(numbers.upperBound)
  }

  /// What a number stands for.
  public func real(_ number: Int) -> Float { scale * Float(number - zeroPoint) }

  /// The number nearest to a real one, halves away from zero; the last one where that is beyond.
  public func number(_ real: Float) -> Int {
    let number = (real / scale).rounded(.toNearestOrAwayFromZero) + Float(zeroPoint)
    guard number < Float(numbers.upperBound) else { return numbers.upperBound }
    return number > Float(numbers.lowerBound) ? Int(number) : numbers.lowerBound
  }

  /// The name of the type of number: `uint8` or `int8`.
  public var typeName: String { isSigned ? "int8" : "uint8" }

  /// The byte of the number 0: 128 where numbers have a sign.
  package var bias: Int { isSigned ? 128 : 0 }
  /// The byte of the zero point.
  package var zeroByte: Int { zeroPoint + bias }
}
