import Testing

@testable import Checkpoints

/// Every fact about a network comes with its source, in every format.
struct SourceTests {
  static let expected: [(Fixture, ImportedCheckpoint.Sources)] = [
    (
      Fixture("project.safetensors"),
      .init(
        architecture: .layers, head: .metadata, padding: .metadata, activation: .metadata,
        preprocessing: .metadata, crop: .metadata, resolution: .metadata, labels: .metadata)
    ),
    (
      Fixture("float.tflite"),
      .init(
        architecture: .layers, head: .layers, padding: .layers, activation: .layers,
        preprocessing: .convention(of: "TensorFlow"),
        crop: .assumed(because: "most are evaluated so"),
        resolution: .implied(by: "the shape of its input"), labels: nil)
    ),
    (
      Fixture("torchscript.onnx"),
      .init(
        architecture: .layers, head: .assumed(because: "nothing follows its last layer"),
        padding: .layers, activation: .layers,
        preprocessing: .assumed(because: "networks with symmetric padding usually have it so"),
        crop: .assumed(because: "most are evaluated so"),
        resolution: .implied(by: "the shape of its input"), labels: nil)
    ),
    (
      Fixture("forge"),
      .init(
        architecture: .layers, head: .assumed(because: "nothing follows its last layer"),
        padding: .convention(of: "Forge"),
        activation: .convention(of: "Forge"), preprocessing: .convention(of: "Forge"),
        crop: .assumed(because: "most are evaluated so"),
        resolution: .assumed(because: "most networks were trained at 224"), labels: nil)
    ),
    (
      Fixture("transformers"),
      .init(
        architecture: .layers, head: .assumed(because: "nothing follows its last layer"),
        padding: .neighbour("config.json"),
        activation: .neighbour("config.json"),
        preprocessing: .neighbour("preprocessor_config.json"),
        crop: .neighbour("preprocessor_config.json"),
        resolution: .neighbour("preprocessor_config.json"), labels: .neighbour("config.json"))
    ),
  ]

  @Test(arguments: expected)
  func everyFactSaysWhereItIsFrom(
    fixture: Fixture, expected: ImportedCheckpoint.Sources
  ) throws {
    #expect(try CheckpointReader.inspect(path: fixture.path).sources == expected)
  }

  @Test func theCataloguesResolutionIsTakenOnlyWhereTheFileNamesNone() throws {
    let silent = try CheckpointReader.inspect(path: Fixture("forge").path, resolution: 160)
    #expect(silent.checkpoint.resolution == 160 && silent.sources.resolution == .catalogue)
    let plain = try CheckpointReader.inspect(path: Fixture("project.safetensors").path)
    let asked = try CheckpointReader.inspect(
      path: Fixture("project.safetensors").path, resolution: 512)
    #expect(asked.checkpoint.resolution == plain.checkpoint.resolution)
  }
}
