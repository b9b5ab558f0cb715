import Kernels
import Tensors

extension Network {
  /// Runs the network on `input`, whose shape is `inputShape`, and lets `body` read each layer's
  /// output before its memory is reused.
  ///
  /// `body` receives a layer's position, counted from 0, its output, which must not outlive the
  /// call, and the rows that are done: a single thread passes on some rows at a time, from first to
  /// last, while they are in the cache. For a few numbers of each output this is faster than a
  /// trace.
  public func run(
    _ input: Tensor,
    reading body: (_ position: Int, _ output: Tensor, _ rows: Range<Int>) -> Void
  ) {
    precondition(input.shape == inputShape)
    access.withLock { spares in
      reserveSpares(&spares)
      if spares.count == 2 { spares.append(Storage(uninitialized: spares[0].count)) }
      var input = input
      for (index, stage) in stages.enumerated() {
        func destination(_ position: Int, _ storage: Storage) -> Destination {
          Destination(shape: layers[position].output, storage: storage)
        }
        let (first, last) = (stage.positions.lowerBound, stage.positions.upperBound - 1)
        let between = first < last ? destination(first, spares[2]) : nil
        let output = destination(last, spares[index % 2])
        _ = stage.run(input, between: between, into: output, workers: workers) { isLast, rows in
          if isLast {
            body(last, output.tensor, rows)
          } else if let between {
            body(first, between.tensor, rows)
          }
        }
        input = output.tensor
      }
    }
  }
}
