import Dispatch
import Synchronization

extension Array where Element: Sendable {
  /// Returns the results of `make` for the elements, found on several threads at once.
  func concurrentMap<Result: Sendable>(_ make: @Sendable (Element) -> Result) -> [Result] {
    guard count > 1 else { return map(make) }
    let results = Mutex([Result?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let result = make(self[index])
      results.withLock { $0[index] = result }
    }
    return results.withLock { $0.compactMap(\.self) }
  }
}
