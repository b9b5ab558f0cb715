/// The conversion of brightness and colour differences to red, green and blue.
///
/// Kr and Kb are the weights of red and blue in the brightness Y (ITU-R BT.601 and BT.709):
///
///     R = Y + 2(1 − Kr)·V
///     B = Y + 2(1 − Kb)·U
///     G = (Y − Kr·R − Kb·B) ⁄ (1 − Kr − Kb)
public struct YUVColors: Hashable, Sendable {
  /// The weights of the colours in the brightness.
  public enum Matrix: String, Hashable, Sendable, CaseIterable {
    /// Standard definition.
    case bt601 = "601"
    /// High definition.
    case bt709 = "709"

    /// Returns the most likely matrix for frames of this size, where the stream states none.
    ///
    /// YUV4MPEG2 cannot state it. Like most players, this takes frames that are wider or higher
    /// than standard definition to be BT.709.
    public static func usual(width: Int, height: Int) -> Matrix {
      width >= 1280 || height > 576 ? .bt709 : .bt601
    }

    var parts: (red: Double, blue: Double) {
      self == .bt601 ? (0.299, 0.114) : (0.2126, 0.0722)
    }
  }

  /// The weights of the colours in the brightness.
  public let matrix: Matrix
  /// Whether brightness has the range 0…255, not 16…235 with colour differences of 16…240.
  public let isFullRange: Bool

  /// Creates the conversion for a matrix and a range.
  public init(matrix: Matrix, isFullRange: Bool) {
    self.matrix = matrix
    self.isFullRange = isFullRange
  }

  /// The factors as integers, with 16 bits after the point.
  struct Factors {
    let black, brightness, redOfV, greenOfU, greenOfV, blueOfU: Int32

    /// Returns the colour of one sample of each plane.
    @inline(__always)
    func color(y: UInt8, u: UInt8, v: UInt8) -> (red: UInt8, green: UInt8, blue: UInt8) {
      let base = (Int32(y) - black) * brightness + 1 << 15
      let (u, v) = (Int32(u) - 128, Int32(v) - 128)
      return (
        UInt8(clamping: (base + redOfV * v) >> 16),
        UInt8(clamping: (base + greenOfU * u + greenOfV * v) >> 16),
        UInt8(clamping: (base + blueOfU * u) >> 16)
      )
    }
  }

  var factors: Factors {
    let (red, blue) = matrix.parts
    let green = 1 - red - blue
    let (brightness, difference) = isFullRange ? (1, 1) : (255.0 / 219, 255.0 / 224)
    func fixed(_ value: Double) -> Int32 { Int32((value * 65536).rounded()) }
    let (redOfV, blueOfU) = (2 * (1 - red) * difference, 2 * (1 - blue) * difference)
    return Factors(
      black: isFullRange ? 0 : 16, brightness: fixed(brightness), redOfV: fixed(redOfV),
      greenOfU: fixed(-blue / green * blueOfU), greenOfV: fixed(-red / green * redOfV),
      blueOfU: fixed(blueOfU))
  }
}
