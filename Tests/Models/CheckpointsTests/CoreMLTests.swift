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

  @Test func anMLProgramIsRefusedWithWhatToDo() {
    // specificationVersion 8, a description, an mlProgram.
    let program = Data([0x08, 8, 0x12, 2, 0x5A, 0, 0xB2, 0x1F, 2, 0x08, 1])
    #expect(
      throws: ImportError.unsupported(
        format: "Core ML",
        feature: "an ML program; convert the model with convert_to=\"neuralnetwork\" instead, which"
      )
    ) {
      try CheckpointReader.inspect(CheckpointFile(name: "program.mlmodel", data: program))
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
