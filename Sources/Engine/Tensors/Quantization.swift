/// The mapping of 8-bit integers to real numbers: scale · (integer − zero point).
///
/// Jacob et al., "Quantization and Training of Neural Networks for Efficient
/// Integer-Arithmetic-Only Inference", 2018, section 2.1.
public struct Quantization: Hashable, Sendable, Codable {
  /// The distance between neighbouring integers, as reals.
  public let scale: Float
  /// The integer that represents zero.
  public let zeroPoint: Int
  /// Whether the integers are int8, −128…127, not uint8, 0…255.
  public let isSigned: Bool

  /// Creates a quantisation with `scale` and `zeroPoint`, which is one of the integers.
  public init(scale: Float, zeroPoint: Int, isSigned: Bool) {
    self.scale = scale
    self.zeroPoint = zeroPoint
    self.isSigned = isSigned
  }

  /// The range of the integers.
  public var numbers: ClosedRange<Int> { isSigned ? -128...127 : 0...255 }

  /// The range of the integers as reals.
  public var reals: ClosedRange<Float> {
    real(numbers.lowerBound)...real(numbers.upperBound)
  }

  /// Returns the real number that an integer represents.
  public func real(_ number: Int) -> Float { scale * Float(number - zeroPoint) }

  /// Returns the integer nearest to a real number, halves rounded away from zero, clamped to
  /// `numbers`.
  public func number(_ real: Float) -> Int {
    let number = (real / scale).rounded(.toNearestOrAwayFromZero) + Float(zeroPoint)
    guard number < Float(numbers.upperBound) else { return numbers.upperBound }
    return number > Float(numbers.lowerBound) ? Int(number) : numbers.lowerBound
  }

  /// The name of the integer type: `uint8` or `int8`.
  public var typeName: String { isSigned ? "int8" : "uint8" }

  /// The byte that stores the integer 0: 128 for int8.
  package var bias: Int { isSigned ? 128 : 0 }
  /// The byte that stores the zero point.
  package var zeroByte: Int { zeroPoint + bias }
}
