import Folders
import Foundation
import Images
import MobileNet
import Testing

@testable import Atlas

/// Channels of two networks that answer to the same images.
@Suite struct AtlasComparisonTests {
  private static func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "nothing"
    } catch {
      return "\(error)"
    }
  }

  /// Beside means that are taken from each network's own trace of each picture.
  @Test func correlationsAreThoseOfTheMeansOfEachImage() throws {
    let (walk, other) = (
      try AtlasRunTests.walk(threads: 1), try AtlasRunTests.walk(.relu6, threads: 2)
    )
    try AtlasRunTests.withFolder { folder in
      let paths = (folder + "/a", folder + "/b")
      #expect(try AtlasRunTests.make(walk, folder, paths.0, means: true))
      #expect(try AtlasRunTests.make(other, folder, paths.1, means: true))
      let (first, second) = (try Atlas(path: paths.0), try Atlas(path: paths.1))
      let layer = try #require(first.layer("conv3_1_sep"))
      let channel = 5
      let found = try AtlasComparison(first, layer: layer, channel: channel, with: second)
      #expect(found.images == 11)
      func means(_ network: Network, _ position: Int) throws -> [[Double]] {
        try first.summary.images.filter { $0 != "bee/7.png" }.map { name in
          let image = try DecodedImage(contentsOf: folder + "/photos/" + name)
          let input = PreparedInput(
            image, preprocessing: network.checkpoint.preprocessing, resolution: network.resolution)
          let output = network.run(input.tensor).output(at: position)
          return (0..<output.shape.channels).map { channel in
            let values = output.plane(channel).values
            return values.reduce(0) { $0 + Double($1) } / Double(values.count)
          }
        }
      }
      let own = try means(walk.networks[0], layer.position).map { $0[channel] }
      let theirs = try means(other.networks[0], 9)
      let matches = found.matches.filter { $0.layer == other.networks[0].layers[9].name }
      #expect(!matches.isEmpty)
      for match in matches {
        let values = theirs.map { $0[match.channel] }
        let expected = Self.correlation(own, values)
        // As exact as halves.
        #expect(abs(match.correlation - expected) < 0.01, "\(match): \(expected)")
      }
      let correlations = found.matches.map(\.correlation)
      #expect(correlations == correlations.sorted(by: >))
      // Beside itself nothing goes with a channel more than the channel.
      let same = try AtlasComparison(first, layer: layer, channel: channel, with: first)
      let best = try #require(same.matches.first { $0.layer == "conv3_1_sep" && $0.channel == 5 })
      #expect(abs(best.correlation - 1) < 1e-9)
    }
  }

  private static func correlation(_ first: [Double], _ second: [Double]) -> Double {
    func deviations(_ values: [Double]) -> [Double] {
      let mean = values.reduce(0, +) / Double(values.count)
      return values.map { $0 - mean }
    }
    let (a, b) = (deviations(first), deviations(second))
    func product(_ x: [Double], _ y: [Double]) -> Double {
      zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return product(a, b) / (product(a, a) * product(b, b)).squareRoot()
  }

  @Test func shardsKeepTheMeansOfAllImages() throws {
    let walk = try AtlasRunTests.walk()
    try AtlasRunTests.withFolder { folder in
      #expect(try AtlasRunTests.make(walk, folder, folder + "/whole", means: true))
      for shard in 0..<2 {
        #expect(
          try AtlasRunTests.make(
            walk, folder, "\(folder)/\(shard)", shard: shard, of: 2, means: true))
      }
      try AtlasMerge.merge([folder + "/1", folder + "/0"], to: folder + "/merged")
      let whole = try Data(contentsOf: URL(fileURLWithPath: folder + "/whole"))
      #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/merged")) == whole)
    }
  }

  @Test func whatCannotBeComparedIsRefused() throws {
    let walk = try AtlasRunTests.walk()
    try AtlasRunTests.withFolder { folder in
      #expect(try AtlasRunTests.make(walk, folder, folder + "/means", means: true))
      #expect(try AtlasRunTests.make(walk, folder, folder + "/plain"))
      let (means, plain) = (try Atlas(path: folder + "/means"), try Atlas(path: folder + "/plain"))
      let layer = try #require(means.layer("pool6"))
      let missing = Self.message {
        _ = try AtlasComparison(means, layer: layer, channel: 0, with: plain)
      }
      #expect(missing.contains("/plain: is not an atlas with the means of each image"))
      try FileManager.default.moveItem(atPath: folder + "/photos/ant", toPath: folder + "/kept")
      try FileManager.default.moveItem(
        atPath: folder + "/photos/cat", toPath: folder + "/photos/cats")
      try FileManager.default.removeItem(atPath: folder + "/photos/bee/1.png")
      #expect(try AtlasRunTests.make(walk, folder, folder + "/others", means: true))
      let others = try Atlas(path: folder + "/others")
      let different = Self.message {
        _ = try AtlasComparison(means, layer: layer, channel: 0, with: others)
      }
      #expect(different.contains("/others: is of other images than "))
      #expect(different.contains("with 2 in common"))
    }
  }
}
