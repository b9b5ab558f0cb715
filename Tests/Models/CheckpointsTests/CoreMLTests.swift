import Foundation
import MobileNet
import Testing

@testable import Checkpoints

/// What Core ML's files say beside the weights.
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

  @Test func aPackageCannotLeadOutOfItsFolder() {
    let manifest = """
      {"itemInfoEntries": {"a": {"path": "../../secret"}}, "rootModelIdentifier": "a"}
      """
    let file = CheckpointFile(folder: "a.mlpackage", files: ["Manifest.json": Data(manifest.utf8)])
    #expect(throws: ImportError.self) { try CheckpointReader.inspect(file) }
  }
}
