/// What a file asks for, and where: `mine.lesson:3`.
public struct Asked<Value: Equatable & Sendable>: Equatable, Sendable {
  /// What is asked for.
  public let value: Value
  /// The file and the line.
  public let place: String

  init(_ value: Value, _ place: String) {
    self.value = value
    self.place = place
  }
}
