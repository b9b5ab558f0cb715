import CKernels
import Tensors

/// A matrix product of integers for a single place.
public struct IntegerFullyConnected: Sendable {
  private let panels: IntegerPanels
  private let kernels: IntegerKernelSet

  /// Packs the weights for `workers`, in the order output, input.
  public init(_ filter: IntegerFilter, workers: Workers) {
    kernels = workers.integerKernels
    panels = IntegerPanels(filter, kernels: kernels)
  }

  /// The memory of the packed weights, in bytes.
  public var byteCount: Int { panels.byteCount }

  /// Computes `output` from `input`.
  public func run(_ input: QuantizedTensor, into output: QuantizedDestination, workers: Workers) {
    precondition(
      input.shape.count == panels.depth && output.shape.count == panels.outputs,
      "from \(panels.depth) to \(panels.outputs), not from \(input.shape) to \(output.shape)")
    let bytes = input.bytes
    guard kernels.readsBytes else {
      // The kernels read words in pairs, so one word follows for an odd number.
      let words = (0..<panels.depth).map { Int16(bytes[$0]) } + [0]
      return words.withUnsafeBytes { words in
        guard let words = words.baseAddress else { return }
        run(words, offset: 0, into: output, workers: workers)
      }
    }
    let sum = panels.excess == 0 ? 0 : (0..<panels.depth).reduce(0) { $0 + Int(bytes[$1]) }
    run(UnsafeRawPointer(bytes), offset: Int32(sum * panels.excess), into: output, workers: workers)
  }

  private func run(
    _ values: UnsafeRawPointer, offset: Int32, into output: QuantizedDestination, workers: Workers
  ) {
    withUnsafePointer(to: offset) { offset in
      workers.divide(panels.count) { panel, _ in
        kernels.product(
          panels.product(
            panel, input: values, inputStride: panels.depth, rows: 1, offsets: offset,
            output: output.bytes))
      }
    }
  }
}
