import Foundation
import MobileNet
import Testing

@testable import Checkpoints

/// The facts in Core ML's files beside the weights.
struct CoreMLTests {
  @Test(arguments: [Fixture("coreml.mlmodel"), Fixture("mlpackage")])
  func labelsImageScaleAndOriginAreTaken(fixture: Fixture) throws {
    let found = try CheckpointReader.inspect(path: fixture.path)
    #expect(found.format == "Core ML")
    #expect(found.checkpoint.labels.first == "label 0" && found.checkpoint.labels.count == 11)
    #expect(found.checkpoint.resolution == 64)
    #expect(
      found.checkpoint.provenance
        == [.init(name: "author", value: "nobody"), .init(name: "license", value: "public domain")])
    // The script says [-1, -2, -3] for blue, green and red.
    #expect(
      found.checkpoint.preprocessing
        == Preprocessing(
          channelOrder: .bgr, scale: [1 / 64, 1 / 64, 1 / 64], offset: [-1, -2, -3],
          cropFraction: 0.875))
  }

  /// Weights as floats, halves, numbers of eight bits, and places in a table.
  @Test(arguments: [
    ("mlprogram-half", 2e-3), ("mlprogram-linear8", 0.1), ("mlprogram-table6", 0.3),
  ])
  func anMLProgramsWeightsAreThoseOfTheFloats(name: String, tolerance: Float) throws {
    let whole = try CheckpointReader.inspect(path: Fixture("mlprogram").path)
    let found = try CheckpointReader.inspect(path: Fixture(name).path)
    #expect(found.checkpoint.labels.first == "label 0" && found.checkpoint.labels.count == 11)
    #expect(found.checkpoint.preprocessing == whole.checkpoint.preprocessing)
    #expect(
      whole.checkpoint.preprocessing
        == Preprocessing(
          channelOrder: .bgr, scale: [1 / 64, 1 / 64, 1 / 64], offset: [-1, -2, -3],
          cropFraction: 0.875))
    for layer in whole.checkpoint.architecture.layers(resolution: 64) where layer.hasWeights {
      let exact = try #require(whole.checkpoint.weights(of: layer)).weights
      let other = try #require(found.checkpoint.weights(of: layer)).weights
      let largest = try #require(exact.map(abs).max())
      let difference = try #require(zip(exact, other).map { abs($0 - $1) }.max())
      #expect(difference <= tolerance * largest, "\(layer.name)")
    }
  }

  /// A table for every few channels, tables of pairs, and scales for blocks: what coremltools makes of
  /// them is what is read.
  @Test(arguments: ["mlprogram-groups3", "mlprogram-pairs4", "mlprogram-blocks4"])
  func whatIOS18CompressesIsUnpacked(name: String) throws {
    let found = try Fixture(name).read()
    let text = try String(contentsOfFile: Fixture(name).path + ".expected", encoding: .utf8)
    let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(lines.count > 9)
    for line in lines {
      let layer = try #require(
        found.architecture.layers(resolution: 64).first { $0.name == line[0] })
      let values = try #require(found.weights(of: layer)).weights
      let numbers = try line.dropFirst().map { try #require(Float($0)) }
      #expect(abs((values.map(\.magnitude).max() ?? 0) / numbers[1] - 1) < 1e-5, "\(layer.name)")
      let samples = numbers[2...].enumerated()
      for (index, sample) in samples {
        let place = index * (values.count - 1) / (numbers.count - 3)
        #expect(abs(values[place] - sample) <= 1e-5 * numbers[1], "\(layer.name), \(place)")
      }
    }
  }

  @Test func aPackageCannotLeadOutOfItsFolder() {
    let manifest = """
      {"itemInfoEntries": {"a": {"path": "../../secret"}}, "rootModelIdentifier": "a"}
      """
    let file = CheckpointFile(folder: "a.mlpackage", files: ["Manifest.json": Data(manifest.utf8)])
    #expect(throws: ImportError.self) { try CheckpointReader.inspect(file) }
  }
}
