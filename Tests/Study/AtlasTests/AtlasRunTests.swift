import Folders
import Foundation
import Images
import MobileNet
import Synchronization
import Testing

@testable import Atlas

/// Atlases of a folder that is made for the test, on a network whose weights are made up.
@Suite struct AtlasRunTests {
  /// A folder of twelve pictures in three classes, a damaged one, and a text, gone afterwards.
  static func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/atlas-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for index in 0..<12 {
      let path = "\(folder)/photos/\(["ant", "bee", "cat"][index % 3])/\(index).png"
      try FileManager.default.createDirectory(
        atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path,
        withIntermediateDirectories: true)
      let bytes = (0..<40 * 50 * 3).map { UInt8(truncatingIfNeeded: $0 * (index + 3) / 7) }
      let picture = try PNGFile.bytes(of: Pixels(width: 50, height: 40, bytes: bytes))
      try Data(index == 7 ? Array(picture.prefix(100)) : picture).write(
        to: URL(fileURLWithPath: path))
    }
    try Data("a text".utf8).write(to: URL(fileURLWithPath: folder + "/photos/ant/notes.txt"))
    try body(folder)
  }

  static func walk(_ activation: Activation = .relu, threads: Int = 2) throws -> ImageWalk<Network>
  {
    try ImageWalk(
      .synthetic(Architecture(width: 0.25, classes: 10, activation: activation)),
      resolution: 32, threads: threads)
  }

  /// Runs until so many images of this call were begun; all, without a number.
  static func make(
    _ walk: ImageWalk<Network>, _ folder: String, _ output: String, shard: Int = 0,
    of shards: Int = 1, means: Bool = false, until limit: Int = .max
  ) throws -> Bool {
    let named = try NamedImages(folder: folder + "/photos")
    let network = walk.networks[0]
    let plan = AtlasPlan(
      network, positions: Array(network.layers.indices), images: named.images.map(\.path),
      names: named.images.map(\.name), top: 4, keepsMeans: means, shard: shard, of: shards)
    let asked = Atomic(0)
    return try AtlasRun(plan, walk: walk, folder: folder + "/photos", output: output).run(
      stops: { asked.add(1, ordering: .relaxed).newValue > limit }, note: { _ in },
      progress: { _ in })
  }

  @Test func shardsAndInterruptedRunsComeToTheSameByteForByte() throws {
    let walk = try Self.walk()
    try Self.withFolder { folder in
      let whole = folder + "/whole"
      #expect(try Self.make(walk, folder, whole))
      #expect(!FileManager.default.fileExists(atPath: whole + ".progress"))
      let bytes = try Data(contentsOf: URL(fileURLWithPath: whole))

      let parts = (0..<3).map { "\(folder)/part \($0)" }
      for shard in [2, 0, 1] {
        #expect(try Self.make(walk, folder, parts[shard], shard: shard, of: 3))
      }
      try AtlasMerge.merge([parts[1], parts[0], parts[2]], to: folder + "/merged")
      #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/merged")) == bytes)

      let broken = folder + "/broken"
      #expect(try !Self.make(walk, folder, broken, until: 5))
      #expect(FileManager.default.fileExists(atPath: broken + ".progress"))
      #expect(try !Self.make(walk, folder, broken, until: 4))
      #expect(try Self.make(walk, folder, broken))
      #expect(try Data(contentsOf: URL(fileURLWithPath: broken)) == bytes)
    }
  }

  @Test func whatIsReadIsWhatTheNetworkDid() throws {
    let walk = try Self.walk(threads: 1)
    try Self.withFolder { folder in
      let path = folder + "/atlas"
      #expect(try Self.make(walk, folder, path))
      let atlas = try Atlas(path: path)
      #expect(atlas.summary.classes == ["ant", "bee", "cat"])
      #expect(atlas.summary.skipped.map { atlas.summary.images[$0] } == ["bee/7.png"])
      let layer = try #require(atlas.layer("conv4_1_sep"))
      let channels = try atlas.channels(of: layer)
      // Each of the eleven other pictures, run by itself.
      var planes: [(image: Int, values: [[Float]])] = []
      let network = walk.networks[0]
      for (index, name) in atlas.summary.images.enumerated() where name != "bee/7.png" {
        let image = try DecodedImage(contentsOf: folder + "/photos/" + name)
        let input = PreparedInput(
          image, preprocessing: network.checkpoint.preprocessing, resolution: network.resolution)
        let output = network.run(input.tensor).output(at: layer.position)
        planes.append((index, (0..<layer.channels).map { output.plane($0).values }))
      }
      for (number, channel) in channels.enumerated() {
        let values = planes.flatMap { $0.values[number] }
        let mean = values.reduce(0.0) { $0 + Double($1) } / Double(values.count)
        #expect(abs(Double(channel.mean) - mean) < 1e-6 * max(1, mean))
        let zeros = Double(values.count { $0 == 0 }) / Double(values.count)
        #expect(abs(Double(channel.zeroShare) - zeros) < 1e-6)
        let best = planes.map { (value: $0.values[number].max() ?? 0, image: $0.image) }
          .sorted { ($1.value, $0.image) < ($0.value, $1.image) }.prefix(4)
        #expect(channel.top.map(\.value) == best.map(\.value))
        #expect(channel.top.map(\.image) == best.map(\.image))
        let own = planes.filter { atlas.summary.labels[$0.image] == 2 }.flatMap {
          $0.values[number]
        }
        let ofClass = own.reduce(0.0) { $0 + Double($1) } / Double(own.count)
        #expect(abs(Double(channel.classMeans[2]) - ofClass) < 1e-5 * max(1, ofClass))
      }
    }
  }

  @Test func whatDoesNotBelongTogetherIsRefused() throws {
    let (walk, other) = (try Self.walk(), try Self.walk(.relu6))
    try Self.withFolder { folder in
      let parts = (0..<2).map { "\(folder)/part\($0)" }
      #expect(try Self.make(walk, folder, parts[0], shard: 0, of: 2))
      #expect(try Self.make(other, folder, parts[1], shard: 1, of: 2))
      let output = folder + "/out"
      func reason(_ parts: [String]) -> String {
        do {
          try AtlasMerge.merge(parts, to: output)
          return "nothing"
        } catch {
          return "\(error)"
        }
      }
      #expect(reason(parts).contains("\(parts[1]): is of another network"))
      #expect(reason([parts[0]]) == "shard 2 is missing; expected each from 1 to 2 once")
      #expect(
        reason([parts[0], parts[0]])
          == "shard 2 is missing, shard 1 is given twice; expected each from 1 to 2 once")
      let picture = reason([folder + "/photos/ant/0.png"])
      #expect(picture.contains("0.png: is not a sound part of an atlas"))
      #expect(!FileManager.default.fileExists(atPath: output))

      #expect(try !Self.make(walk, folder, output, until: 3))
      let onItsWay = output + ".progress"
      #expect(throws: AtlasError.part(onItsWay, shard: 0, of: 1)) { try Atlas(path: onItsWay) }
      #expect(throws: AtlasError.self) { try Self.make(other, folder, output) }
      #expect(try Self.make(walk, folder, output))
      let digest = other.networks[0].checkpoint.digest()
      let atlas = try Atlas(path: output)
      #expect(throws: AtlasError.self) { try atlas.require(digest: digest, name: "other") }
      #expect(throws: AtlasError.part(parts[1], shard: 1, of: 2)) { try Atlas(path: parts[1]) }
    }
  }
}
