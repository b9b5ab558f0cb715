import MobileNet
import Testing

@testable import Checkpoints

/// Files made by other programs: every layer makes what the program that wrote it says.
struct FixtureTests {
  static let all = [
    Fixture("project.safetensors"), Fixture("project-unfolded.safetensors"),
    Fixture("float.tflite"), Fixture("half.tflite"), Fixture("int8.tflite"),
    Fixture("timm"), Fixture("transformers"),
    Fixture("torchscript.onnx"), Fixture("torchscript-training.onnx"), Fixture("dynamo.onnx"),
    Fixture("tf2onnx.onnx"), Fixture("tiny.caffemodel"), Fixture("forge"),
  ]

  @Test(arguments: all)
  func everyLayerAgreesWithTheProgramThatWroteIt(fixture: Fixture) throws {
    let network = try Network(fixture.read(), resolution: 64, threads: 1)
    try expectAgreement(network.run(Fixture.image()), with: fixture.expected())
  }
}
