import Kernels
import MobileNet
import Tensors
import Testing

/// Against the definition: nine places, all input channels, summed in double precision.
struct StandardConvolutionTests {
  @Test(arguments: InstructionSet.available, [(1, 1), (2, 1), (2, 0)])
  func everyOutputIsTheSumThatTheDefinitionSays(set: InstructionSet, step: (Int, Int)) {
    let (stride, before) = step
    let input = Tensor(
      shape: Shape(height: 10, width: 12, channels: 20),
      values: Checkpoint.syntheticValues(2400, seed: 1, scale: 1))
    let shape = Shape(height: 10 / stride, width: 12 / stride, channels: 37)
    let weights = Checkpoint.syntheticValues(9 * 20 * 37, seed: 2, scale: 0.2)
    let biases = Checkpoint.syntheticValues(37, seed: 3, scale: 1)
    let workers = Workers(count: 2, instructionSet: set)
    let convolution = StandardConvolution(
      weights: weights, biases: biases, input: input.shape, output: shape, stride: stride,
      before: before, limits: Limits(floor: 0, ceiling: 6), workers: workers)
    workers.reserve(convolution.scratchCount)
    let output = Destination(shape: shape, storage: Storage(uninitialized: shape.count))
    convolution.run(input, into: output, workers: workers)
    for y in 0..<shape.height {
      for x in 0..<shape.width {
        for channel in 0..<37 {
          var sum = Double(biases[channel])
          for tap in 0..<9 {
            let (row, column) = (y * stride - before + tap / 3, x * stride - before + tap % 3)
            guard 0..<10 ~= row, 0..<12 ~= column else { continue }
            for c in 0..<20 {
              let weight = weights[(channel * 9 + tap) * 20 + c]
              sum += Double(weight) * Double(input[row, column, c])
            }
          }
          let difference = Double(output.tensor[y, x, channel]) - min(max(sum, 0), 6)
          #expect(abs(difference) < 1e-5)
        }
      }
    }
  }
}
