/// A line for the person, shown above the footer until the next key.
public struct Message: Equatable, Sendable {
  /// What to say.
  public let text: String
  /// Whether something went wrong.
  public let isError: Bool

  /// Says `text`.
  public init(_ text: String, isError: Bool = false) {
    self.text = text
    self.isError = isError
  }
}
