import MobileNet
import Testing

@testable import Checkpoints

/// Files made by other programs: every layer makes what the program that wrote it says.
struct FixtureTests {
  static let all = [
    Fixture("project.safetensors"), Fixture("project-unfolded.safetensors"),
    Fixture("float.tflite"), Fixture("half.tflite"), Fixture("int8.tflite"),
    Fixture("turned.tflite"),
    Fixture("timm"), Fixture("transformers"),
    Fixture("torchscript.onnx"), Fixture("torchscript-training.onnx"), Fixture("dynamo.onnx"),
    Fixture("tf2onnx.onnx"), Fixture("tiny.caffemodel"), Fixture("forge"),
    Fixture("keras-weights.h5"), Fixture("keras2.h5"), Fixture("keras3.keras"),
    Fixture("keras-transfer.keras"), Fixture("keras-latest.h5"),
    Fixture("tensorflowjs"), Fixture("tensorflowjs-uint8"), Fixture("tensorflowjs-uint16"),
    Fixture("tensorflowjs-float16"),
    Fixture("coreml.mlmodel"), Fixture("mlpackage"), Fixture("coreml-half.mlmodel"),
    Fixture("coreml-linear8.mlmodel"), Fixture("coreml-linear4.mlmodel"),
    Fixture("coreml-table6.mlmodel"),
    // The activation is in no state dict.
    Fixture("state-dict.pth", activation: .relu6), Fixture("training.tar", activation: .relu6),
    Fixture("module.pt"), Fixture("module-old.pt"), Fixture("script.pt"),
    Fixture("frozen.pt"), Fixture("frozen-norms.pt"), Fixture("keras-grey.keras"),
    Fixture("mlprogram"), Fixture("slim"), Fixture("frozen.pb"), Fixture("savedmodel"),
    Fixture("tensorflowjs-graph"), Fixture("ncnn"), Fixture("ncnn-half"),
    Fixture("openvino"), Fixture("savedmodel-functions"),
  ]

  @Test(arguments: all)
  func everyLayerAgreesWithTheProgramThatWroteIt(fixture: Fixture) throws {
    let network = try Network(fixture.read(), resolution: 64, threads: 1)
    try expectAgreement(network.run(Fixture.image()), with: fixture.expected())
  }
}
