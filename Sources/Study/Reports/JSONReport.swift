import Foundation

/// A value as JSON with sorted keys, so that two runs can be compared.
///
/// JSON has no notation for numbers that are not finite; they become the strings "Infinity",
/// "-Infinity" and "NaN", which most languages read as numbers.
public struct JSONReport {
  private let encode: (JSONEncoder) throws -> Data
  private static let formatting: JSONEncoder.OutputFormatting = [
    .sortedKeys, .withoutEscapingSlashes,
  ]

  /// Reports `value`.
  public init(_ value: some Encodable) {
    encode = { try $0.encode(value) }
  }

  /// Returns the JSON, indented; throws an error of the value's own encoding.
  public func text() throws -> String { try text(Self.formatting.union(.prettyPrinted)) }

  /// Returns the JSON on one line, for reports that follow each other; throws as `text` does.
  public func line() throws -> String { try text(Self.formatting) }

  private func text(_ formatting: JSONEncoder.OutputFormatting) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return String(decoding: try encode(encoder), as: UTF8.self)
  }
}
