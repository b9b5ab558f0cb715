import Foundation
import Images
import Testing

/// The files that make_fixtures.py wrote.
enum Fixtures {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  /// A picture file and what is in it.
  struct Picture: CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let pixels: Pixels
  }

  static func bytes(of name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
  }

  /// The words of each line of a text file.
  static func lines(of name: String) throws -> [[Substring]] {
    String(decoding: try bytes(of: name), as: UTF8.self).split(separator: "\n")
      .map { $0.split(separator: " ") }
  }

  static func pictures() throws -> [Picture] {
    try lines(of: "expected.txt").map { words in
      let (width, height) = (try #require(Int(words[1])), try #require(Int(words[2])))
      return Picture(
        testDescription: String(words[0]), bytes: try bytes(of: String(words[0])),
        pixels: Pixels(width: width, height: height, bytes: try bytes(hex: words[3])))
    }
  }

  static func bytes(hex: Substring) throws -> [UInt8] {
    let digits = Array(hex)
    return try stride(from: 0, to: digits.count, by: 2).map {
      try #require(UInt8(String(digits[$0..<$0 + 2]), radix: 16))
    }
  }
}

extension Pixels {
  /// The largest difference of two values at the same place.
  func difference(from other: Pixels) -> Int {
    guard (width, height) == (other.width, other.height) else { return .max }
    return zip(bytes, other.bytes).map { abs(Int($0) - Int($1)) }.max() ?? 0
  }
}
