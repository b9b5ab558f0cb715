import Foundation
import Testing

@testable import Atlas

/// An atlas without its images says the same of the channels.
@Suite struct AtlasTrimTests {
  @Test func whatIsLeftOutIsWhatIsAboutSingleImages() throws {
    let walk = try AtlasRunTests.walk()
    try AtlasRunTests.withFolder { folder in
      let (path, small) = (folder + "/atlas", folder + "/small")
      #expect(try AtlasRunTests.make(walk, folder, path))
      let atlas = try Atlas(path: path)
      try atlas.writeWithoutImages(to: small)
      let trimmed = try Atlas(path: small)
      #expect(trimmed.summary.digest == atlas.summary.digest)
      #expect(trimmed.imageCount == 11 && atlas.imageCount == 11)
      #expect(trimmed.summary.classes == ["ant", "bee", "cat"])
      for layer in atlas.summary.layers {
        let (own, other) = (try atlas.channels(of: layer), try trimmed.channels(of: layer))
        #expect(own.map(\.mean) == other.map(\.mean))
        #expect(own.map(\.deviation) == other.map(\.deviation))
        #expect(own.map(\.zeroShare) == other.map(\.zeroShare))
        #expect(own.map(\.separates?.classIndex) == other.map(\.separates?.classIndex))
        #expect(own.map(\.separates?.area) == other.map(\.separates?.area))
        for (first, second) in zip(own, other) {
          let order = first.classMeans.indices.sorted {
            (-first.classMeans[$0], $0) < (-first.classMeans[$1], $1)
          }
          #expect(first.strongest == order && second.strongest == order)
          #expect(second.top.isEmpty && second.variance == nil && second.quantiles.isEmpty)
        }
      }
      let bytes = try Data(contentsOf: URL(fileURLWithPath: small))
      #expect(!String(decoding: bytes, as: UTF8.self).contains(".png"))
      let report = try AtlasReport(trimmed).text(
        of: try #require(trimmed.layer("pool6")), channel: 3, rows: 5)
      #expect(report.contains("tells best: ") && !report.contains("quantile"))
    }
  }

  /// A file may say anything of its layers.
  @Test(arguments: ["channels", "height", "width"])
  func layersThatCannotBeAreRefused(field: String) throws {
    let walk = try AtlasRunTests.walk()
    try AtlasRunTests.withFolder { folder in
      let path = folder + "/atlas"
      #expect(try AtlasRunTests.make(walk, folder, path))
      var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      let name = try #require(bytes.firstRange(of: Data("\\\"\(field)\\\":".utf8)))
      let digits = bytes[name.upperBound...].prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      let text = digits.count == 1 ? "0" : "-" + String(repeating: "1", count: digits.count - 1)
      bytes.replaceSubrange(digits.indices, with: Data(text.utf8))
      try bytes.write(to: URL(fileURLWithPath: path))
      #expect { try Atlas(path: path) } throws: { "\($0)".hasSuffix("is not a sound atlas") }
    }
  }
}
