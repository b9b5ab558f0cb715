import Kernels
import MobileNet
import Tensors
import Testing

/// Against the definition: all places of a window, all input channels, summed in double precision.
struct StandardConvolutionTests {
  struct Geometry: Sendable {
    var side = 3
    let stride: Int
    let before: Margin
    let height: Int
    let width: Int
  }

  /// For 10 rows and 12 columns of input.
  static let geometries = [
    Geometry(stride: 1, before: 1, height: 10, width: 12),
    Geometry(stride: 2, before: 1, height: 5, width: 6),
    Geometry(stride: 2, before: 0, height: 5, width: 6),
    Geometry(stride: 2, before: Margin(above: 0, left: 1), height: 5, width: 6),
    Geometry(stride: 2, before: Margin(above: 1, left: 0), height: 5, width: 6),
    Geometry(side: 1, stride: 1, before: 0, height: 10, width: 12),
    Geometry(side: 1, stride: 2, before: 0, height: 5, width: 6),
    Geometry(side: 5, stride: 1, before: 2, height: 10, width: 12),
    Geometry(side: 7, stride: 2, before: 0, height: 2, width: 3),
    Geometry(side: 7, stride: 2, before: 3, height: 5, width: 6),
  ]

  @Test(arguments: InstructionSet.available, geometries)
  func everyOutputIsTheSumThatTheDefinitionSays(set: InstructionSet, geometry: Geometry) {
    let (side, stride, before) = (geometry.side, geometry.stride, geometry.before)
    let input = Tensor(
      shape: Shape(height: 10, width: 12, channels: 20),
      values: Checkpoint.syntheticValues(2400, seed: 1, scale: 1))
    let shape = Shape(height: geometry.height, width: geometry.width, channels: 37)
    let taps = side * side
    let weights = Checkpoint.syntheticValues(taps * 20 * 37, seed: 2, scale: 0.2)
    let biases = Checkpoint.syntheticValues(37, seed: 3, scale: 1)
    let workers = Workers(count: 2, instructionSet: set)
    let convolution = StandardConvolution(
      weights: weights, biases: biases, input: input.shape, output: shape, side: side,
      stride: stride, before: before, limits: Limits(floor: 0, ceiling: 6), workers: workers)
    workers.reserve(convolution.scratchCount)
    // Behind five channels and before three others, which stay as they are.
    let whole = Shape(height: shape.height, width: shape.width, channels: 45)
    let storage = Storage(uninitialized: whole.count)
    storage.withUnsafeMutableBufferPointer { $0.update(repeating: -1) }
    let output = Destination(shape: whole, storage: storage)
    convolution.run(input, into: output, firstChannel: 5, workers: workers)
    let found = output.tensor
    for y in 0..<shape.height {
      for x in 0..<shape.width {
        for channel in [0, 1, 2, 3, 4, 42, 43, 44] { #expect(found[y, x, channel] == -1) }
        for channel in 0..<37 {
          var sum = Double(biases[channel])
          for tap in 0..<taps {
            let (row, column) = (
              y * stride - before.above + tap / side, x * stride - before.left + tap % side
            )
            guard 0..<10 ~= row, 0..<12 ~= column else { continue }
            for c in 0..<20 {
              let weight = weights[(channel * taps + tap) * 20 + c]
              sum += Double(weight) * Double(input[row, column, c])
            }
          }
          let difference = Double(found[y, x, 5 + channel]) - min(max(sum, 0), 6)
          #expect(abs(difference) < 2e-5)
        }
      }
    }
  }
}
