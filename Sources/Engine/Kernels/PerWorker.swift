/// One value for each thread, which only that thread accesses during the work.
final class PerWorker<Value> {
  /// The number of threads.
  let count: Int

  private let values: UnsafeMutablePointer<Value>
  /// The distance between values, so large that no two share a cache line.
  private let step: Int

  init(repeating value: Value, count: Int) {
    self.count = count
    let stride = MemoryLayout<Value>.stride
    step = (128 + stride - 1) / stride
    values = .allocate(capacity: count * step)
    values.initialize(repeating: value, count: count * step)
  }

  deinit {
    values.deinitialize(count: count * step)
    values.deallocate()
  }

  subscript(worker: Int) -> Value {
    get { values[worker * step] }
    set { values[worker * step] = newValue }
  }
}
