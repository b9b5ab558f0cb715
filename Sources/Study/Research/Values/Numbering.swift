import Synchronization

/// Numbers large values, each with a new number; values that exist at the start have 0.
public final class Numbering: Sendable {
  private let last: Atomic<Int>

  /// Starts with the number after `last`.
  public init(after last: Int = 0) { self.last = Atomic(last) }

  /// Returns `value` with a number of its own; may be called from any thread.
  public func number<Value>(_ value: Value) -> Numbered<Value> {
    Numbered(value, number: last.add(1, ordering: .relaxed).newValue)
  }
}
