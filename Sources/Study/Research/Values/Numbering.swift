import Synchronization

/// Gives large values numbers that nothing had before; those of the start have 0.
public final class Numbering: Sendable {
  private let last: Atomic<Int>

  /// Gives the numbers after `last`.
  public init(after last: Int = 0) { self.last = Atomic(last) }

  /// `value` with a number of its own; from any thread.
  public func number<Value>(_ value: Value) -> Numbered<Value> {
    Numbered(value, number: last.add(1, ordering: .relaxed).newValue)
  }
}
