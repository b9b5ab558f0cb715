import Tensors

/// The backward pass in the plain operations, from one layer to the input: the chain rule, layer by
/// layer.
///
/// The fast kernels compute the same, and the tests compare them with this.
public struct Backward {
  /// The gradient with respect to each layer's output; nil for a layer that the target does not
  /// depend on.
  public private(set) var outputs: [Tensor?]
  /// The gradient with respect to the input.
  public private(set) var input: Tensor

  /// Computes the gradient of `target` over `trace`, a run of a network with `checkpoint`.
  public init(
    _ trace: Trace, checkpoint: Checkpoint, target: Target
  ) throws(TargetError) {
    let last = try target.position(in: trace.layers)
    outputs = Array(repeating: nil, count: trace.layers.count)
    input = Tensor(repeating: 0, shape: trace.input.shape)
    outputs[last] = target.seed(trace.output(at: last))
    for (position, layer) in trace.layers.enumerated().reversed() {
      guard let gradient = outputs[position] else { continue }
      let output = trace.output(at: position)
      let read = layer.sources.map { $0 == 0 ? trace.input : trace.output(at: $0 - 1) }
      let found = layer.operation.rules.backward(
        layer.unactivated(gradient, output: output), inputs: read, output: output,
        checkpoint.weights(of: layer))
      for (source, change) in zip(layer.sources, found) {
        // An input that several layers read gets the sum of their gradients.
        if source == 0 {
          input = input + change
        } else {
          outputs[source - 1] = outputs[source - 1].map { $0 + change } ?? change
        }
      }
    }
  }
}

extension Tensor {
  fileprivate static func + (first: Tensor, second: Tensor) -> Tensor {
    Tensor(shape: first.shape, values: zip(first.values, second.values).map { $0 + $1 })
  }
}
