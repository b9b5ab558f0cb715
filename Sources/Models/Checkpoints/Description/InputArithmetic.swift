/// Arithmetic on the input before the first layer, reduced to one product and one sum for each
/// channel.
///
/// Networks that take pixels begin with such steps, in many forms; they are preprocessing that the
/// file states.
struct InputArithmetic: Sendable {
  /// The arithmetic of one step on each value x.
  enum Operator: Sendable {
    case multiply, divide, add, subtract
    /// number − x.
    case subtractFrom
  }

  /// The factors for the input: one, or one for each channel.
  private(set) var scale = [1.0]
  /// The numbers added to the products; as many as in `scale`.
  private(set) var offset = [0.0]
  /// Whether the order of the channels is reversed.
  private(set) var isReversed = false
  /// Whether its one channel becomes three.
  private(set) var repeatsBrightness = false

  /// Whether there is none on the numbers.
  var isEmpty: Bool { scale == [1] && offset == [0] && !isReversed }

  /// Adds a step with a number, or one for each channel.
  ///
  /// Returns false for any other count, and where a number is not finite or a factor is 0.
  mutating func apply(_ step: Operator, _ numbers: [Double]) -> Bool {
    guard [1, 3].contains(numbers.count), numbers.allSatisfy(\.isFinite) else { return false }
    let count = max(scale.count, numbers.count)
    let (scale, offset) = (scale, offset)
    let both = (0..<count).map { channel in
      let (s, o) = (scale[channel % scale.count], offset[channel % offset.count])
      let number = numbers[channel % numbers.count]
      return switch step {
      case .multiply: (s * number, o * number)
      case .divide: (s / number, o / number)
      case .add: (s, o + number)
      case .subtract: (s, o - number)
      case .subtractFrom: (-s, number - o)
      }
    }
    guard both.allSatisfy({ $0.0.isFinite && $0.1.isFinite && $0.0 != 0 }) else { return false }
    self.scale = both.map(\.0)
    self.offset = both.map(\.1)
    return true
  }

  /// Makes three channels of the one that there is; false where there are three already.
  mutating func repeatBrightness() -> Bool {
    guard scale.count == 1, !isReversed, !repeatsBrightness else { return false }
    repeatsBrightness = true
    return true
  }

  /// Reverses the order of the channels.
  mutating func reverse() {
    scale.reverse()
    offset.reverse()
    isReversed.toggle()
  }
}
