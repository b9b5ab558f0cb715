import Tensors

/// A matrix product with a bias.
public struct FullyConnected: Sendable {
  let panels: Panels
  /// The range of the output values.
  public var limits: Limits

  /// Packs `weights`, in the order output, input, for the kernels of `workers`.
  public init(weights: [Float], biases: [Float], limits: Limits = .none, workers: Workers) {
    precondition(
      !biases.isEmpty && weights.count.isMultiple(of: biases.count),
      "equally many weights for each of \(biases.count) outputs, not \(weights.count) in all")
    panels = Panels(weights: weights, biases: biases, columns: workers.kernels.columns)
    self.limits = limits
  }

  /// The backward pass of the product with these weights, without biases.
  public init(transposing weights: [Float], inputs: Int, outputs: Int, workers: Workers) {
    panels = Panels(
      transposing: weights, depth: outputs, outputs: inputs, columns: workers.kernels.columns)
    limits = .none
  }

  /// Creates a product whose weights are all the same, for measuring time, which does not depend on
  /// the weights.
  public init(
    everyWeight weight: Float, inputs: Int, outputs: Int, limits: Limits = .none, workers: Workers
  ) {
    panels = Panels(
      everyWeight: weight, depth: inputs, outputs: outputs, columns: workers.kernels.columns)
    self.limits = limits
  }

  /// The memory of the packed weights, in bytes.
  public var byteCount: Int { panels.byteCount }

  /// Computes `output` from `input`.
  public func run(_ input: Tensor, into output: Destination, workers: Workers) {
    precondition(
      input.shape.count == panels.depth && output.shape.count == panels.outputs,
      "from \(panels.depth) to \(panels.outputs), not from \(input.shape) to \(output.shape)")
    workers.divide(panels.count) { panel, _ in
      let column = panel * panels.columns
      workers.kernels.product(
        Product(
          input: input.base, inputStride: panels.depth, rows: 1, segments: 1, segmentStride: 0,
          depth: panels.depth, panel: panels.panel(panel), output: output.base + column,
          outputStride: panels.outputs, columns: min(panels.columns, panels.outputs - column),
          floor: limits.floor, ceiling: limits.ceiling, readNext: .none, writtenNext: .none))
    }
  }
}
