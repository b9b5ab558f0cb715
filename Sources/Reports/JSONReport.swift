import Foundation

/// Something a script can read: JSON with its keys sorted, so that two runs can be compared.
public struct JSONReport {
  private let encode: (JSONEncoder) throws -> Data

  /// Reports `value`.
  public init(_ value: some Encodable) {
    encode = { try $0.encode(value) }
  }

  /// The JSON; throws what the value's own encoding throws, such as a number that is not finite.
  public func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encode(encoder), as: UTF8.self)
  }
}
