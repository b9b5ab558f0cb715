import Synchronization

/// The value that was made last, and what of: asked for the same again, it is not made again.
///
/// Nothing but time depends on it, so that all are equal.
final class Memo<Key: Equatable & Sendable, Value: Sendable>: Equatable, Sendable {
  private let last = Mutex<(key: Key, value: Value)?>(nil)

  /// The value of `key`, which `make` makes.
  func value(of key: Key, _ make: () -> Value) -> Value {
    last.withLock { last in
      if let last, last.key == key { return last.value }
      let value = make()
      last = (key, value)
      return value
    }
  }

  static func == (first: Memo, second: Memo) -> Bool { true }
}
