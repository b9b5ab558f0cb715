import Kernels
import Tensors

/// The backward pass of a stage, with its weights packed.
struct BackwardStage: Sendable {
  /// The kernel that computes the stage.
  enum Kernel: Sendable {
    case strided(StridedGradient)
    case separable(SeparableGradient)
    case fullyConnected(FullyConnected)
    case averagePooling
    /// The operation's plain rule: layers without weights are small.
    case plain
  }

  let kernel: Kernel
  /// The layers, as positions in the network.
  let positions: Range<Int>

  /// The scratch memory that each thread needs, in floats.
  var scratchCount: Int {
    switch kernel {
    case .strided(let strided): strided.scratchCount
    case .separable(let separable): separable.scratchCount
    case .fullyConnected, .averagePooling, .plain: 0
    }
  }

  /// The memory of the packed weights, in bytes.
  var byteCount: Int {
    switch kernel {
    case .strided(let strided): strided.byteCount
    case .separable(let separable): separable.byteCount
    case .fullyConnected(let product): product.byteCount
    case .averagePooling, .plain: 0
    }
  }

  init(_ stage: Stage, layers: [Layer], checkpoint: Checkpoint, workers: Workers) {
    positions = stage.positions
    let layer = layers[positions.lowerBound]
    let weights = checkpoint.weights(of: layer)?.weights ?? []
    switch stage.kernel {
    case .convolution:
      precondition(layer.kernelSide == 3 && layer.stride == 2, "no backward kernel for \(layer)")
      kernel = .strided(
        StridedGradient(
          weights: weights, input: layer.input, output: layer.output,
          before: layer.window.before, limits: layer.limits, workers: workers))
    case .separable:
      let pointwise = layers[positions.lowerBound + 1]
      kernel = .separable(
        SeparableGradient(
          depthwise: weights, pointwise: checkpoint.weights(of: pointwise)?.weights ?? [],
          input: layer.input, middle: layer.output, output: pointwise.output,
          stride: layer.stride, before: layer.window.before, limits: layer.limits,
          workers: workers))
    case .fullyConnected:
      kernel = .fullyConnected(
        FullyConnected(
          transposing: weights, inputs: layer.input.count, outputs: layer.output.count,
          workers: workers))
    case .averagePooling:
      kernel = .averagePooling
    default:
      kernel = .plain
    }
  }
}
