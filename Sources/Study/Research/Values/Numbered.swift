/// A large value that is compared by a number, because comparing its megabytes would be slow.
///
/// The maker of a value gives it a number that no other value of its type has had.
@dynamicMemberLookup
public struct Numbered<Value: Sendable>: Hashable, Sendable {
  /// The number, which differs from those of all other values.
  public let number: Int
  /// The value itself.
  public let value: Value

  /// Wraps `value` with its `number`.
  public init(_ value: Value, number: Int) {
    self.number = number
    self.value = value
  }

  /// Returns the member of `value` at `path`.
  public subscript<Member>(dynamicMember path: KeyPath<Value, Member>) -> Member {
    value[keyPath: path]
  }

  /// Whether both have the same number.
  public static func == (first: Self, second: Self) -> Bool { first.number == second.number }

  /// Hashes the number.
  public func hash(into hasher: inout Hasher) { hasher.combine(number) }
}
