import CKernels
import Tensors

/// The range of a layer's output bytes: the zero point and the limits of the activation function.
public struct ByteLimits: Hashable, Sendable {
  let zero: Int
  let floor: Int
  let ceiling: Int

  /// The range of all bytes, with 0 as the zero point.
  static let all = ByteLimits(
    Quantization(scale: 1, zeroPoint: 0, isSigned: false), floor: -.infinity, ceiling: .infinity)

  /// The range of the bytes of `quantization` that represent reals from `floor` to `ceiling`.
  public init(_ quantization: Quantization, floor: Float, ceiling: Float) {
    zero = quantization.zeroByte
    self.floor =
      floor.isFinite ? quantization.number(floor) + quantization.bias : 0
    self.ceiling =
      ceiling.isFinite ? quantization.number(ceiling) + quantization.bias : 255
  }

  /// Returns the range for kernels; `shiftsRight` where each channel's factor is below ½,
  /// `roundsOnce` as the factors do.
  func range(shiftsRight: Bool, roundsOnce: Bool) -> CKByteRange {
    CKByteRange(
      zero: Int32(zero), floor: Int32(floor), ceiling: Int32(ceiling),
      isRectified: shiftsRight && !roundsOnce && floor == zero && floor <= ceiling,
      roundsOnce: roundsOnce)
  }
}
