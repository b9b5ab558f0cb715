import Tensors

/// MobileNet v1 from the picture to the probabilities, in the plain operations: the page to read
/// first.
///
/// The fast kernels compute the same, and the tests compare them with this. The comments give the
/// shapes at width 1 and resolution 224.
public struct Forward {
  /// The output of every layer, in order.
  public private(set) var outputs: [Tensor] = []

  private let checkpoint: Checkpoint

  /// Runs the network with the weights of `checkpoint` on `picture`, height × width × channels.
  public init(_ checkpoint: Checkpoint, on picture: Tensor) {
    self.checkpoint = checkpoint
    var x = picture  // 224×224×3

    x = convolution("conv1", x, side: 3, stride: 2)  // 112×112×32
    x = pair("conv2_1", x, stride: 1)  // 112×112×64
    x = pair("conv2_2", x, stride: 2)  // 56×56×128
    x = pair("conv3_1", x, stride: 1)  // 56×56×128
    x = pair("conv3_2", x, stride: 2)  // 28×28×256
    x = pair("conv4_1", x, stride: 1)  // 28×28×256
    x = pair("conv4_2", x, stride: 2)  // 14×14×512
    if !checkpoint.architecture.isShallow {
      x = pair("conv5_1", x, stride: 1)  // 14×14×512
      x = pair("conv5_2", x, stride: 1)  // 14×14×512
      x = pair("conv5_3", x, stride: 1)  // 14×14×512
      x = pair("conv5_4", x, stride: 1)  // 14×14×512
      x = pair("conv5_5", x, stride: 1)  // 14×14×512
    }
    x = pair("conv5_6", x, stride: 2)  // 7×7×1024
    x = pair("conv6", x, stride: 1)  // 7×7×1024

    x = keep(Operation.Pooling.mean.forward([x], nil))  // 1024
    guard checkpoint.architecture.classes != nil else { return }
    for (number, layer) in checkpoint.architecture.hidden.enumerated() {
      x = product("fc\(7 + number)", x, activation: layer.activation)
    }
    x = product("fc\(7 + checkpoint.architecture.hidden.count)", x)  // 1000
    let isSoftmax = checkpoint.architecture.head == .softmax
    _ = keep(isSoftmax ? Softmax().forward([x], nil) : Sigmoid().forward([x], nil))  // 1000
  }

  /// Computes a depthwise separable layer: 3×3 on each channel by itself, then 1×1 over all
  /// channels.
  private mutating func pair(_ name: String, _ x: Tensor, stride: Int) -> Tensor {
    let groups = x.shape.channels
    let middle = convolution("\(name)_dw", x, side: 3, stride: stride, groups: groups)
    return convolution("\(name)_sep", middle, side: 1, stride: 1)
  }

  /// Computes a convolution with its bias and the activation function.
  private mutating func convolution(
    _ name: String, _ x: Tensor, side: Int, stride: Int, groups: Int = 1
  ) -> Tensor {
    let padding = checkpoint.architecture.padding
    let weights = checkpoint.weights(named: name)
    let window = Operation.Window(
      side: side, stride: stride,
      before: side == 1 ? 0 : padding.before(stride: stride, x.shape),
      after: side == 1 ? 0 : Padding.after)
    let convolution = Operation.Convolution(
      window, groups: groups, outputs: weights?.biases.count ?? 0)
    return keep(convolution.forward([x], weights).map(checkpoint.architecture.activation))
  }

  /// Computes a matrix product with its bias and the activation function, if there is one.
  private mutating func product(
    _ name: String, _ x: Tensor, activation: Activation? = nil
  ) -> Tensor {
    let weights = checkpoint.weights(named: name)
    let product = Operation.FullyConnected(outputs: weights?.biases.count ?? 0)
    return keep(product.forward([x], weights).map(activation))
  }

  private mutating func keep(_ output: Tensor) -> Tensor {
    outputs.append(output)
    return output
  }
}

extension Tensor {
  /// Applies the activation function to every value; returns the tensor itself where there is none.
  fileprivate func map(_ activation: Activation?) -> Tensor {
    guard let activation else { return self }
    return Tensor(shape: shape, values: values.map { activation($0) })
  }
}
