import MobileNet
import Tensors

/// The layers and modules that make up the compared networks.
extension Graph {
  /// Creates a network for pictures of `side` × `side` × 3 from the layers that `build` adds.
  init(side: Int, build: (inout Graph) -> Void) {
    self.init(input: Shape(side: side, channels: 3))
    build(&self)
  }

  /// Adds a standard convolution with `channels` outputs, and ReLU.
  mutating func convolution(
    _ name: String, _ channels: Int, side: Int, stride: Int = 1, padding: Int = 0
  ) {
    let window = Operation.Window(
      side: side, stride: stride, before: Margin(padding), after: padding)
    append(
      name, .convolution(Operation.Convolution(window, outputs: channels)), activation: .relu)
  }

  /// Adds a max pooling layer.
  mutating func maxPooling(_ name: String, side: Int, stride: Int, padding: Int = 0) {
    let window = Operation.Window(
      side: side, stride: stride, before: Margin(padding), after: padding)
    append(name, .pooling(.maximum(window)))
  }

  /// Adds a layer of the mean over all places.
  mutating func averagePooling(_ name: String) { append(name, .pooling(.mean)) }

  /// Adds a fully connected layer.
  mutating func fullyConnected(_ name: String, _ outputs: Int, activation: Activation? = nil) {
    append(
      name, .fullyConnected(Operation.FullyConnected(outputs: outputs)), activation: activation)
  }

  /// Adds branches with the same input, and concatenates their outputs.
  mutating func branches(_ name: String, _ builds: ((inout Graph) -> Void)...) {
    let start = current
    var ends: [Int] = []
    for build in builds {
      current = start
      build(&self)
      ends.append(current)
    }
    append(name, .concatenation, reading: ends)
  }

  /// Adds a fire module: `squeeze` channels of 1×1, then `expand` channels each of 1×1 and of 3×3.
  mutating func fire(_ name: String, squeeze: Int, expand: Int) {
    convolution("\(name)/squeeze1x1", squeeze, side: 1)
    branches(
      "\(name)/concat",
      { $0.convolution("\(name)/expand1x1", expand, side: 1) },
      { $0.convolution("\(name)/expand3x3", expand, side: 3, padding: 1) })
  }

  /// Adds an inception module with four branches: 1×1; 3×3 and 5×5 after a reduction by 1×1; and
  /// pooling, then 1×1.
  mutating func inception(
    _ name: String, _ single: Int, _ three: (reduce: Int, channels: Int),
    _ five: (reduce: Int, channels: Int), _ pooled: Int
  ) {
    branches(
      "inception_\(name)/output",
      { $0.convolution("inception_\(name)/1x1", single, side: 1) },
      {
        $0.convolution("inception_\(name)/3x3_reduce", three.reduce, side: 1)
        $0.convolution("inception_\(name)/3x3", three.channels, side: 3, padding: 1)
      },
      {
        $0.convolution("inception_\(name)/5x5_reduce", five.reduce, side: 1)
        $0.convolution("inception_\(name)/5x5", five.channels, side: 5, padding: 2)
      },
      {
        $0.maxPooling("inception_\(name)/pool", side: 3, stride: 1, padding: 1)
        $0.convolution("inception_\(name)/pool_proj", pooled, side: 1)
      })
  }
}
