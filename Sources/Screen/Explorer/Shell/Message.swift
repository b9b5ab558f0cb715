/// A message for the person, shown in place of the footer until the next key.
public struct Message: Equatable, Sendable {
  /// The text of the message.
  public let text: String
  /// Whether the message reports an error.
  public let isError: Bool

  /// Makes a message.
  public init(_ text: String, isError: Bool = false) {
    self.text = text
    self.isError = isError
  }
}
