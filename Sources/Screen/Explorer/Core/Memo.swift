import Synchronization

/// Caches the last computed value with its key.
///
/// The cache affects only speed, so all instances are equal.
final class Memo<Key: Equatable & Sendable, Value: Sendable>: Equatable, Sendable {
  private let last = Mutex<(key: Key, value: Value)?>(nil)

  /// Returns the value of `key`, made by `make` unless it is cached.
  func value(of key: Key, _ make: () -> Value) -> Value {
    last.withLock { last in
      if let last, last.key == key { return last.value }
      let value = make()
      last = (key, value)
      return value
    }
  }

  /// Forgets the value and its key, and what they keep in memory.
  func forget() { last.withLock { $0 = nil } }

  static func == (first: Memo, second: Memo) -> Bool { true }
}
