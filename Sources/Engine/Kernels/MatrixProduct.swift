/// A fixed matrix, packed for multiplying many rows with it.
///
/// The multiplication uses the pointwise layers' kernel, on the caller's thread.
public struct MatrixProduct: Sendable {
  private let panels: Panels
  private let kernels: KernelSet

  /// Packs a matrix of `outputs` × `matrix.count / outputs`, rows first.
  public init(_ matrix: [Float], outputs: Int, instructionSet: InstructionSet = .best) {
    precondition(outputs > 0 && matrix.count.isMultiple(of: outputs))
    kernels = instructionSet.kernels
    panels = Panels(
      weights: matrix, biases: [Float](repeating: 0, count: outputs), columns: kernels.columns)
  }

  /// Packs the transpose of a matrix of `matrix.count / outputs` × `outputs`, rows first.
  public init(
    transposing matrix: [Float], outputs: Int, instructionSet: InstructionSet = .best
  ) {
    precondition(outputs > 0 && matrix.count.isMultiple(of: outputs))
    kernels = instructionSet.kernels
    panels = Panels(
      transposing: matrix, depth: matrix.count / outputs, outputs: outputs,
      columns: kernels.columns)
  }

  /// The length of an input row.
  public var depth: Int { panels.depth }
  /// The length of an output row.
  public var outputs: Int { panels.outputs }

  /// Returns each row of `input` times each row of the matrix: rows × `outputs` numbers.
  public func rows(_ input: [Float]) -> [Float] {
    let count = input.count / max(depth, 1)
    precondition(count > 0 && input.count == count * depth)
    return [Float](unsafeUninitializedCapacity: count * outputs) { result, filled in
      filled = count * outputs
      guard let target = result.baseAddress else { return }
      input.withUnsafeBufferPointer { input in
        guard let source = input.baseAddress else { return }
        for index in 0..<panels.count {
          let column = index * panels.columns
          kernels.product(
            Product(
              input: source, inputStride: depth, rows: count, segments: 1, segmentStride: 0,
              depth: depth, panel: panels.panel(index), output: target + column,
              outputStride: outputs, columns: min(panels.columns, outputs - column),
              floor: -.infinity, ceiling: .infinity, readNext: .none, writtenNext: .none))
        }
      }
    }
  }
}
