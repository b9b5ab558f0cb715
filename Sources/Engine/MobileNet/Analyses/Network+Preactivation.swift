import Kernels
import Tensors

extension Network {
  /// Returns the sums of the layer at `position`: its output before the activation function.
  ///
  /// `trace` is one of this network's. For a layer without an activation, returns the layer's
  /// output.
  public func preactivation(at position: Int, of trace: Trace) -> Tensor {
    precondition(trace.layers == layers)
    guard let stage = stages.first(where: { $0.positions.contains(position) }),
      layers[position].isActivated
    else { return trace.output(at: position) }
    let shape = layers[position].output
    let result = Destination(shape: shape, storage: Storage(uninitialized: shape.count))
    access.withLock { _ in
      stage.runLinearly(
        trace.input(at: position), isSecondHalf: position > stage.positions.lowerBound,
        into: result, workers: workers)
    }
    return result.tensor
  }
}
