import Foundation

/// A line of a `.param` file: a layer's name, inputs, outputs and settings.
///
///     Convolution conv1 1 1 data conv1 0=32 1=3 3=2 4=1 5=1 6=864 -23310=2,0.0,6.0
///
/// Each setting has a number; a list has −23300 minus its number instead, and begins with its
/// length.
struct NCNNLayer {
  /// The first line of every supported file.
  private static let mark = "7767517"

  let operation: String
  let name: String
  let inputs: [String]
  let outputs: [String]
  private var settings: [Int: [Float]] = [:]

  /// Whether a file begins like a `.param` file.
  static func begins(_ bytes: Bytes) -> Bool {
    bytes.has(mark.utf8)
      && [10, 13].contains((try? bytes.load(UInt8.self, at: mark.utf8.count)) ?? 0)
  }

  /// Reads the layers of a file, in order.
  static func all(in bytes: Bytes) throws(ImportError) -> [NCNNLayer] {
    guard let text = bytes.text else { throw bytes.damaged("it is no text") }
    let lines = text.split(whereSeparator: \.isNewline)
    let said = lines.dropFirst().first?.split(separator: " ").first
    guard lines.count >= 2, said.flatMap({ Int($0) }) == lines.count - 2 else {
      throw bytes.damaged(
        "it has \(max(lines.count - 2, 0)) layers, and says that it has \(said ?? "none")")
    }
    return try lines.dropFirst(2).map { line throws(ImportError) in
      guard let layer = NCNNLayer(line) else {
        throw bytes.damaged("“\(line.prefix(60))” is no layer")
      }
      return layer
    }
  }

  private init?(_ line: Substring) {
    let words = line.split(separator: " ").map(String.init)
    guard words.count >= 4, let reads = Int(words[2]), let makes = Int(words[3]),
      0...words.count ~= reads, 0...words.count ~= makes, words.count >= 4 + reads + makes
    else { return nil }
    (operation, name) = (words[0], words[1])
    inputs = Array(words[4..<4 + reads])
    outputs = Array(words[(4 + reads)..<4 + reads + makes])
    for word in words[(4 + reads + makes)...] {
      let parts = word.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let key = Int(parts[0]) else { return nil }
      let numbers = parts[1].split(separator: ",").map { Float($0) ?? .nan }
      settings[key <= -23300 ? -23300 - key : key] =
        key <= -23300 ? Array(numbers.dropFirst()) : numbers
    }
  }

  /// Returns the setting with this number.
  func float(_ number: Int, default missing: Float = 0) -> Float {
    settings[number]?.first ?? missing
  }

  /// Returns the setting with this number as an integer; −1 for any other number.
  func integer(_ number: Int, default missing: Int = 0) -> Int {
    guard let value = settings[number]?.first else { return missing }
    return Int(exactly: value) ?? -1
  }

  /// Returns the list with this number.
  func floats(_ number: Int) -> [Float] { settings[number] ?? [] }
}
