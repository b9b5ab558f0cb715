/// Arithmetic on the input before the first layer, as one product and one sum for each channel.
///
/// Networks that were made to be fed pixels begin with it, in many spellings; it is preprocessing
/// that the file states.
struct InputArithmetic: Sendable {
  /// The arithmetic of one step on each number x.
  enum Operator: Sendable {
    case multiply, divide, add, subtract
    /// number − x.
    case subtractFrom
  }

  /// What the input is multiplied with; one number, or one for each channel.
  private(set) var scale = [1.0]
  /// What is added after that; as many numbers as `scale`.
  private(set) var offset = [0.0]
  /// Whether the last channel comes first.
  private(set) var isReversed = false
  /// Whether its one channel becomes three.
  private(set) var repeatsBrightness = false

  /// Whether there is none on the numbers.
  var isEmpty: Bool { scale == [1] && offset == [0] && !isReversed }

  /// Does one more step with a number, or one for each channel; false where they are neither.
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

  /// Turns the order of the channels around.
  mutating func reverse() {
    scale.reverse()
    offset.reverse()
    isReversed.toggle()
  }
}
