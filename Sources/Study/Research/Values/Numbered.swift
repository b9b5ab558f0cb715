/// A large value that is compared by a number, because comparing its megabytes would be slow.
///
/// Whoever makes one gives it a number that no other value of its kind has had.
@dynamicMemberLookup
public struct Numbered<Value: Sendable>: Hashable, Sendable {
  /// What tells it from every other.
  public let number: Int
  /// The value itself.
  public let value: Value

  /// Gives `value` a number.
  public init(_ value: Value, number: Int) {
    self.number = number
    self.value = value
  }

  /// What `value` has at `path`.
  public subscript<Member>(dynamicMember path: KeyPath<Value, Member>) -> Member {
    value[keyPath: path]
  }

  /// Whether both have the same number.
  public static func == (first: Self, second: Self) -> Bool { first.number == second.number }

  /// Feeds the number.
  public func hash(into hasher: inout Hasher) { hasher.combine(number) }
}
