import Foundation
import Testing

/// The classes of a network, and its answer where it knows nothing.
@Suite struct ClassesTests {
  @Test func everyClassIsListedOnceWithItsWordNetID() throws {
    let list = try Program.run(["classes"])
    #expect(list.status == 0)
    let lines = list.output.split(separator: "\n")
    #expect(lines.count == 200 && lines[0] == "   0  n01443537  goldfish")
    let json = try Program.run(["classes", "--json"])
    let rows = try #require(
      JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
    #expect(rows.compactMap { $0["class"] as? Int } == Array(0..<200))
  }

  @Test func allWordsMustBeThereInWhateverCase() throws {
    let found = try Program.run(["classes", "CAT", "tabby"])
    #expect(found.status == 0 && found.output.split(separator: "\n").count == 1)
    #expect(found.output.contains("tabby"))
    let byID = try Program.run(["classes", "n02099601"])
    #expect(byID.output.contains("golden retriever"))
  }

  @Test func whatIsNotThereIsSaidWithTheNearest() throws {
    let outcome = try Program.run(["classes", "goldfich"])
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("goldfich: none of the 200 classes of mobilenet-1.0"))
    #expect(outcome.errors.contains("goldfish"))
    let json = try Program.run(["classes", "goldfich", "--json"])
    #expect(json.status == 1 && json.output.filter { !$0.isWhitespace } == "[]")
  }

  /// A test picture is nothing that anybody taught.
  @Test func aPictureOfNothingKnownIsNotSure() throws {
    let outcome = try Program.run(["classify", "Samples/Images/colour-bars.png"])
    #expect(outcome.output.hasPrefix("not sure: none of 200 classes reaches 50 %\n"))
  }

  /// The family's percentages mean what they say, by their own metadata.
  @Test func theCalibrationErrorOfTheFamilyIsAtMostTwoPercent() throws {
    let text = try Program.run(["weights", "list", "--json"]).output
    let table = try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let rows = try #require(table["weights"] as? [[String: Any]])
    let floats = rows.filter { $0["isQuantized"] as? Bool == false }
    #expect(floats.count == 5)
    for row in floats {
      let calibration = try #require(row["calibration"] as? [[String: Double]])
      #expect(calibration.map { $0["resolution"] } == [128, 160, 192, 224])
      for measured in calibration {
        let (before, after) = (measured["errorBefore"] ?? 0, measured["error"] ?? 100)
        #expect(after <= 2)
        #expect(measured["resolution"] != 224 || after < before)
      }
    }
    let list = try Program.run(["weights"]).output
    #expect(list.contains("calibration error (ECE) in percent"))
    let info = try Program.run(["weights", "info", "mobilenet-0.5"]).output
    #expect(info.contains("at 224          0.781  10.7 → 1.0"))
  }
}
