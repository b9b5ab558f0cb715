/// A value that a file asks for, with the file and the line: `mine.lesson:3`.
public struct Asked<Value: Equatable & Sendable>: Equatable, Sendable {
  /// The value.
  public let value: Value
  /// The file and the line.
  public let line: String

  init(_ value: Value, _ line: String) {
    self.value = value
    self.line = line
  }
}
