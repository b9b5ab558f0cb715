import CKernels

/// The weights of one integer layer, with the factors and the range for its sums.
public struct IntegerFilter: Sendable {
  /// The weights less their zero point, −255…255, in the order of a float layer's.
  public let weights: [Int16]
  /// One bias per output channel, in units of input scale · weight scale.
  public let biases: [Int32]
  /// One factor per output channel: input scale · weight scale / output scale.
  public let factors: [Requantization]
  /// The input byte that represents zero.
  public let inputZero: Int
  /// The range of the output bytes.
  public let limits: ByteLimits

  /// Creates a filter from the numbers of a layer.
  public init(
    weights: [Int16], biases: [Int32], factors: [Requantization], inputZero: Int, limits: ByteLimits
  ) {
    precondition(
      !biases.isEmpty && factors.count == biases.count
        && weights.count.isMultiple(of: biases.count),
      "a factor and equally many weights for each of \(biases.count) outputs, not "
        + "\(factors.count) and \(weights.count) in all")
    self.weights = weights
    self.biases = biases
    self.factors = factors
    self.inputZero = inputZero
    self.limits = limits
  }

  /// The number of weights of each output channel.
  var depth: Int { weights.count / biases.count }

  /// Whether the kernels need only shifts to the right for all factors.
  var shiftsRight: Bool {
    factors.allSatisfy { $0.multiplier == 0 || -31...(-1) ~= $0.exponent }
  }

  /// The range of the output bytes, for kernels.
  var range: CKByteRange {
    limits.range(shiftsRight: shiftsRight, roundsOnce: factors[0].roundsOnce)
  }

  /// The number to subtract from all weights so that they fit into eight bits; 0 where they fit.
  var excess: Int {
    let (least, most) = (Int(weights.min() ?? 0), Int(weights.max() ?? 0))
    return least >= -128 && most <= 127 ? 0 : least + 128
  }

  /// Returns the biases, corrected for the input's zero point: the start of a kernel's sum of
  /// weight · byte.
  ///
  /// The kernel subtracts `inputOffset` from each byte, and `excess` is subtracted from each
  /// weight.
  func biases(inputOffset: Int, excess: Int = 0) -> [Int32] {
    (0..<biases.count).map { output in
      let sum = weights[output * depth..<(output + 1) * depth].reduce(0) { $0 + Int($1) }
      let start = Int(biases[output]) - inputZero * sum + inputOffset * (sum - excess * depth)
      return Int32(truncatingIfNeeded: start)
    }
  }
}
