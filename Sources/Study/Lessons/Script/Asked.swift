/// What a file asks for, and where: `mine.lesson:3`.
public struct Asked<Value: Equatable & Sendable>: Equatable, Sendable {
  /// What is asked for.
  public let value: Value
  /// The file and the line.
  public let line: String

  init(_ value: Value, _ line: String) {
    self.value = value
    self.line = line
  }
}
