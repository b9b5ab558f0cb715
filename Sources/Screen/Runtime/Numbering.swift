import Explorer
import Synchronization

/// Gives large values numbers that nothing had before; those of the start have 0.
final class Numbering: Sendable {
  private let last = Atomic(0)

  /// `value` with a number of its own; from any thread.
  func number<Value>(_ value: Value) -> Numbered<Value> {
    Numbered(value, number: last.add(1, ordering: .relaxed).newValue)
  }
}
