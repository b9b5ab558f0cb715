import Foundation

/// Something a script can read: JSON with its keys sorted, so that two runs can be compared.
public struct JSONReport {
  private let encode: (JSONEncoder) throws -> Data
  private static let formatting: JSONEncoder.OutputFormatting = [
    .sortedKeys, .withoutEscapingSlashes,
  ]

  /// Reports `value`.
  public init(_ value: some Encodable) {
    encode = { try $0.encode(value) }
  }

  /// The JSON; throws what the value's own encoding throws, such as a number that is not finite.
  public func text() throws -> String { try text(Self.formatting.union(.prettyPrinted)) }

  /// The JSON in a line, for one value after another; throws as `text` does.
  public func line() throws -> String { try text(Self.formatting) }

  private func text(_ formatting: JSONEncoder.OutputFormatting) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting
    return String(decoding: try encode(encoder), as: UTF8.self)
  }
}
