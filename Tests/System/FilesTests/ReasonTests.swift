import Files
import Foundation
import Testing

/// Why something failed, in a few words.
struct ReasonTests {
  @Test func whatCannotBeWrittenSaysWhatTheSystemSays() {
    let data = Data([1])
    #expect(reason { try data.write(to: URL(filePath: "/no/such/folder/file")) } == missing)
    #expect(
      reason { try data.write(to: URL(filePath: "/no/such/folder/file"), options: .atomic) }
        == missing)
    #expect(
      reason {
        try FileManager.default.createDirectory(
          atPath: "/dev/null/x", withIntermediateDirectories: true)
      } == "not a directory")
    #expect(
      reason { _ = try FileManager.default.contentsOfDirectory(atPath: "/no/such/folder") }
        == missing)
    #expect(
      reason {
        _ = try FileManager.default.contentsOfDirectory(
          at: URL(filePath: "/no/such/folder"), includingPropertiesForKeys: nil)
      } == missing)
  }

  private let missing = "no such file or directory"

  private struct Entry: Decodable {
    let name: String
    let numbers: [Int]
  }

  /// The error, and its reason in words.
  static let mistakes = [
    (#"{"name": "a"}"#, "it has no numbers"),
    (#"{"name": 1, "numbers": []}"#, "name is not a text"),
    (#"{"name": "a", "numbers": [1, "b"]}"#, "numbers.1 is not a number"),
    (#"{"name": "a", "numbers": {}}"#, "numbers is not a list"), ("{", "it is not JSON"),
  ]

  @Test(arguments: mistakes)
  func jsonThatIsNotWhatItShouldBeSaysWhere(text: String, expected: String) {
    #expect(
      reason { _ = try JSONDecoder().decode(Entry.self, from: Data(text.utf8)) } == expected)
  }

  @Test func aNumberThatDoesNotFitIsToldFromWhatIsNoJSON() {
    for (text, expected) in [
      (
        #"{"name": "a", "numbers": [1e30]}"#,
        "a number in it is too large, or should be a whole one"
      ),
      (
        #"{"name": "a", "numbers": [0.5]}"#, "a number in it is too large, or should be a whole one"
      ),
      (#"{"name": "a", "numbers": [1e30"#, "it is not JSON"),
      (#"{"name": 1}"#, "name is not a text"),
    ] {
      let json = Data(text.utf8)
      let error = #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(Entry.self, from: json)
      }
      #expect(error?.reason(reading: json) == expected)
    }
  }

  private func reason(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return error.reason
    }
  }
}
