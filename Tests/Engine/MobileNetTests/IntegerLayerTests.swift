import Kernels
import MobileNet
import Tensors
import Testing

/// Layers of integers against sums written down as the formulas have them.
struct IntegerLayerTests {
  /// One shape of layer, and how far its numbers reach.
  struct Case: CustomTestStringConvertible {
    let side, channels, outputs, stride: Int
    let before: Margin
    /// The weights less their zero point.
    var weights = -127...127
    var inputZero = 3
    var output = Quantization(scale: 0.1, zeroPoint: 0, isSigned: false)
    /// Some factors above 1, which shift to the left.
    var factor = 0.003

    var testDescription: String {
      "\(side)×\(side)×\(channels) → \(outputs), stride \(stride), before \(before), \(weights), "
        + "zero \(inputZero) → \(output.zeroPoint), ×\(factor)"
    }
  }

  static let cases: [Case] = [
    Case(side: 14, channels: 64, outputs: 64, stride: 1, before: 1),
    Case(side: 14, channels: 64, outputs: 40, stride: 2, before: 0),
    Case(
      side: 14, channels: 64, outputs: 40, stride: 2, before: Margin(above: 0, left: 1)),
    Case(side: 10, channels: 3, outputs: 5, stride: 2, before: Margin(above: 1, left: 0)),
    // What uint8 allows: weights of nine bits.
    Case(side: 9, channels: 32, outputs: 33, stride: 1, before: 1, weights: -255 ... -1),
    Case(side: 10, channels: 24, outputs: 48, stride: 2, before: 1, weights: 0...255, inputZero: 0),
    Case(side: 11, channels: 100, outputs: 7, stride: 1, before: 1, weights: -254...1),
    // Few channels, odd ones, more than a register has, and many places of few.
    Case(side: 37, channels: 1, outputs: 1, stride: 1, before: 1),
    Case(side: 20, channels: 3, outputs: 5, stride: 1, before: 1, weights: -200...55),
    Case(side: 12, channels: 131, outputs: 129, stride: 1, before: 1),
    Case(side: 12, channels: 131, outputs: 17, stride: 2, before: 0, inputZero: 255),
    Case(side: 7, channels: 256, outputs: 96, stride: 1, before: 1, weights: -128...127),
    Case(side: 1, channels: 8, outputs: 8, stride: 1, before: 1),
    Case(side: 2, channels: 8, outputs: 8, stride: 2, before: 0),
    // Outputs that may be negative, and factors that reach the shifts' ends.
    Case(
      side: 13, channels: 40, outputs: 40, stride: 1, before: 1,
      output: Quantization(scale: 0.1, zeroPoint: -5, isSigned: true)),
    Case(side: 9, channels: 16, outputs: 16, stride: 1, before: 1, factor: 0.6),
    Case(side: 9, channels: 16, outputs: 16, stride: 1, before: 1, factor: 3.7),
    Case(side: 9, channels: 16, outputs: 16, stride: 1, before: 1, factor: 1e-9),
    Case(side: 9, channels: 16, outputs: 16, stride: 1, before: 1, factor: 0),
  ]

  @Test(arguments: cases, IntegerInstructionSet.available)
  func aPairMakesTheNumbersOfTheFormulas(layer: Case, set: IntegerInstructionSet) throws {
    for threads in [1, 3] {
      let workers = Workers(count: threads, integers: set)
      let first = layer.filter(outputs: layer.channels, depth: 9, seed: 1, from: layer.inputZero)
      let second = layer.filter(
        outputs: layer.outputs, depth: layer.channels, seed: 2, from: layer.output.zeroByteForTests)
      let shape = Shape(side: layer.side, channels: layer.channels)
      let pair = IntegerSeparable(
        depthwise: first, pointwise: second, input: shape, stride: layer.stride,
        before: layer.before, workers: workers)
      workers.reserve(pair.scratchCount)
      let input = layer.input(shape)
      let middle = layer.destination(pair.middle)
      let output = layer.destination(pair.output)
      _ = pair.run(input, middle: middle, into: output, workers: workers)
      let between = plainDepthwise(input, first, layer, pair.middle)
      #expect(middle.tensor.numbers == between, "between, \(threads) threads")
      #expect(
        output.tensor.numbers == plainPointwise(between, second, layer, places: pair.output.places),
        "\(threads) threads")
    }
  }

  @Test(
    arguments: cases.filter { $0.channels < 32 && $0.side > 1 }, IntegerInstructionSet.available)
  func aStandardConvolutionMakesTheNumbersOfTheFormulas(layer: Case, set: IntegerInstructionSet) {
    let workers = Workers(count: 2, integers: set)
    let filter = layer.filter(
      outputs: layer.outputs, depth: 9 * layer.channels, seed: 3, from: layer.inputZero)
    let shape = Shape(side: layer.side, channels: layer.channels)
    let target = Shape(
      side: (layer.side + layer.stride - 1) / layer.stride, channels: layer.outputs)
    let convolution = IntegerConvolution(
      filter, input: shape, output: target, stride: layer.stride, before: layer.before,
      workers: workers)
    workers.reserve(convolution.scratchCount)
    let input = layer.input(shape)
    let output = layer.destination(target)
    convolution.run(input, into: output, workers: workers)
    var expected: [Int] = []
    for y in 0..<target.height {
      for x in 0..<target.width {
        for channel in 0..<layer.outputs {
          var sum = Int(filter.biases[channel])
          for row in 0..<3 {
            for column in 0..<3 {
              for k in 0..<layer.channels {
                let index = ((channel * 3 + row) * 3 + column) * layer.channels + k
                sum +=
                  Int(filter.weights[index])
                  * layer.value(
                    input, y * layer.stride - layer.before.above + row,
                    x * layer.stride - layer.before.left + column, k)
              }
            }
          }
          expected.append(layer.number(sum, filter.factors[channel]))
        }
      }
    }
    #expect(output.tensor.numbers == expected)
  }

  @Test(arguments: [1, 3, 8, 64, 1023], IntegerInstructionSet.available)
  func aFullyConnectedLayerMakesTheNumbersOfTheFormulas(inputs: Int, set: IntegerInstructionSet) {
    for roundsOnce in [false, true] { check(inputs, set, roundsOnce: roundsOnce) }
  }

  private func check(_ inputs: Int, _ set: IntegerInstructionSet, roundsOnce: Bool) {
    let layer = Case(
      side: 1, channels: inputs, outputs: 75, stride: 1, before: 1, weights: -255...0,
      output: Quantization(scale: 1, zeroPoint: 90, isSigned: false), factor: 0.001)
    let workers = Workers(count: 2, integers: set)
    let filter = layer.filter(
      outputs: 75, depth: inputs, seed: 4, from: layer.inputZero, roundsOnce: roundsOnce)
    let input = layer.input(Shape(side: 1, channels: inputs))
    let output = layer.destination(Shape(side: 1, channels: 75))
    IntegerFullyConnected(filter, workers: workers).run(input, into: output, workers: workers)
    let expected = (0..<75).map { channel in
      let sum = (0..<inputs).reduce(Int(filter.biases[channel])) {
        $0 + Int(filter.weights[channel * inputs + $1]) * layer.value(input, 0, 0, $1)
      }
      return layer.number(sum, filter.factors[channel])
    }
    #expect(output.tensor.numbers == expected)
  }

  private func plainDepthwise(
    _ input: QuantizedTensor, _ filter: IntegerFilter, _ layer: Case, _ shape: Shape
  ) -> [Int] {
    var numbers: [Int] = []
    for y in 0..<shape.height {
      for x in 0..<shape.width {
        for channel in 0..<shape.channels {
          var sum = Int(filter.biases[channel])
          for row in 0..<3 {
            for column in 0..<3 {
              sum +=
                Int(filter.weights[channel * 9 + row * 3 + column])
                * layer.value(
                  input, y * layer.stride - layer.before.above + row,
                  x * layer.stride - layer.before.left + column, channel)
            }
          }
          numbers.append(layer.number(sum, filter.factors[channel]))
        }
      }
    }
    return numbers
  }

  private func plainPointwise(
    _ numbers: [Int], _ filter: IntegerFilter, _ layer: Case, places: Int
  ) -> [Int] {
    let depth = layer.channels
    return (0..<places * layer.outputs).map { index in
      let (place, channel) = (index / layer.outputs, index % layer.outputs)
      let sum = (0..<depth).reduce(Int(filter.biases[channel])) {
        $0 + Int(filter.weights[channel * depth + $1])
          * (numbers[place * depth + $1] - layer.output.zeroPoint)
      }
      return layer.number(sum, filter.factors[channel])
    }
  }
}

extension IntegerLayerTests.Case {
  /// Made-up numbers, the ends of their ranges among them.
  func filter(
    outputs: Int, depth: Int, seed: Int, from zero: Int, roundsOnce: Bool = false
  ) -> IntegerFilter {
    let random = Checkpoint.syntheticValues(outputs * depth, seed: seed, scale: 1)
    let span = Float(weights.count)
    let numbers = random.enumerated().map { index, value in
      index % 17 == 0
        ? Int16(weights.lowerBound)
        : index % 19 == 0
          ? Int16(weights.upperBound)
          : Int16(min(weights.lowerBound + Int((value + 1) / 2 * span), weights.upperBound))
    }
    let biases = Checkpoint.syntheticValues(outputs, seed: seed + 10, scale: 3000).map { Int32($0) }
    // A sum grows with the root of the depth.
    let scale = factor / Double(depth).squareRoot() * 3
    return IntegerFilter(
      weights: numbers, biases: biases,
      factors: (0..<outputs).map {
        Requantization(scale * (1 + Double($0 % 5) / 3), roundsOnce: roundsOnce)
      },
      inputZero: zero,
      limits: ByteLimits(
        output, floor: output.zeroPoint < 0 ? -.infinity : 0,
        ceiling: output.zeroPoint < 0 ? .infinity : 20))
  }

  func input(_ shape: Shape) -> QuantizedTensor {
    let values = Checkpoint.syntheticValues(shape.count, seed: 7, scale: 128)
    return QuantizedTensor(
      shape: shape, quantization: Quantization(scale: 1, zeroPoint: inputZero, isSigned: false),
      numbers: values.map { min(255, Int($0 + 128)) })
  }

  func destination(_ shape: Shape) -> QuantizedDestination {
    QuantizedDestination(
      shape: shape, quantization: output, storage: Storage(uninitialized: shape.count / 4 + 32))
  }

  /// A number of input less the zero point; 0 outside.
  func value(_ input: QuantizedTensor, _ y: Int, _ x: Int, _ channel: Int) -> Int {
    let isInside = 0..<input.shape.height ~= y && 0..<input.shape.width ~= x
    return isInside ? input[y, x, channel] - inputZero : 0
  }

  /// The integer that a sum becomes, within the range of the case.
  func number(_ sum: Int, _ factor: Requantization) -> Int {
    let number = factor(Int32(sum)) + output.zeroPoint
    let isFree = output.zeroPoint < 0
    let floor = isFree ? output.numbers.lowerBound : output.zeroPoint
    let ceiling = isFree ? output.numbers.upperBound : output.number(20)
    return min(max(number, floor), ceiling)
  }
}

extension Quantization {
  fileprivate var zeroByteForTests: Int { zeroPoint + (isSigned ? 128 : 0) }
}

/// The fixed-point factor, against the real one.
struct RequantizationTests {
  /// Both roundings together are off by no more than half a step, and by half of one that was lost.
  @Test(arguments: [1e-6, 0.0007, 0.25, 0.4999, 0.5, 0.999, 1, 1.7, 12.3])
  func theProductIsTheRealOneRounded(factor: Double) {
    let fixed = Requantization(factor)
    for sum in stride(from: Int32(-40_000_000), through: 40_000_000, by: 399_989) {
      let real = Double(sum) * factor
      guard abs(real) < 1e9 else { continue }
      let error = abs(Double(fixed(sum)) - real)
      // The multiplier has 31 bits, and the first rounding counts as much as the shift leaves of it.
      let allowed = 0.5 + 0.51 * max(factor, 1) + abs(real) * 1e-9
      #expect(error <= allowed, "\(sum)")
    }
  }

  /// gemmlowp's rules at the points where they differ from others'.
  @Test func halvesGoUpInTheProductAndAwayFromZeroInTheShift() {
    // ¼: multiplier ½ · 2³¹, shift 1. −1 · ½ is −½, which goes up to 0, and 0 stays.
    let quarter = Requantization(0.25)
    #expect(quarter.multiplier == 1 << 30 && quarter.exponent == -1)
    #expect([-3, -2, -1, 1, 2, 3].map { quarter(Int32($0)) } == [-1, -1, 0, 1, 1, 1])
    #expect(Requantization(0)(1_000_000) == 0)
    #expect(Requantization(1)(-7) == -7)
    #expect(Requantization(3)(5) == 15)
  }

  /// The first rounding of 1 · ¼ makes ½ of it, which goes to 1; once, ¼ is 0, and halves go up.
  @Test func roundingOnceIsNearer() {
    let quarter = Requantization(0.25, roundsOnce: true)
    #expect([-6, -2, -1, 1, 2, 3].map { quarter(Int32($0)) } == [-1, 0, 0, 0, 1, 1])
    #expect(Requantization(3, roundsOnce: true)(-5) == -15)
    for sum in stride(from: Int32(-9999), through: 9999, by: 7) {
      let real = Double(sum) * 0.0123
      #expect(Double(Requantization(0.0123, roundsOnce: true)(sum)) == (real + 0.5).rounded(.down))
    }
  }
}
