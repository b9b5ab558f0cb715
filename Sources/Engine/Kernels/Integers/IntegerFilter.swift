import CKernels

/// The weights of one layer of integers, and what becomes of its sums.
public struct IntegerFilter: Sendable {
  /// The weights less their zero point, −255…255, in the order of a float layer's.
  public let weights: [Int16]
  /// One bias per output channel, in units of input scale · weight scale.
  public let biases: [Int32]
  /// One factor per output channel: input scale · weight scale / output scale.
  public let factors: [Requantization]
  /// The byte of input that stands for zero.
  public let inputZero: Int
  /// What the bytes of output may be.
  public let limits: ByteLimits

  /// Puts the numbers of a layer together.
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

  /// The weights of each output channel.
  var depth: Int { weights.count / biases.count }

  /// Whether all factors are such that kernels only have to shift to the right.
  var shiftsRight: Bool {
    factors.allSatisfy { $0.multiplier == 0 || -31...(-1) ~= $0.exponent }
  }

  /// What the bytes of output may be, for kernels.
  var range: CKByteRange {
    limits.range(shiftsRight: shiftsRight, roundsOnce: factors[0].roundsOnce)
  }

  /// What has to be taken off all weights so that they fit into eight bits; 0 where they do.
  var excess: Int {
    let (least, most) = (Int(weights.min() ?? 0), Int(weights.max() ?? 0))
    return least >= -128 && most <= 127 ? 0 : least + 128
  }

  /// The biases with what an input of zeros adds up to: a kernel's sum of weight · byte begins there.
  ///
  /// It takes `inputOffset` off each byte first.
  func biases(inputOffset: Int, excess: Int = 0) -> [Int32] {
    (0..<biases.count).map { output in
      let sum = weights[output * depth..<(output + 1) * depth].reduce(0) { $0 + Int($1) }
      let start = Int(biases[output]) - inputZero * sum + inputOffset * (sum - excess * depth)
      return Int32(truncatingIfNeeded: start)
    }
  }
}
