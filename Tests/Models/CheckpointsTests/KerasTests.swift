import Foundation
import MobileNet
import Testing

@testable import Checkpoints

/// The facts in Keras' files beside the weights, and those that may be left out.
struct KerasTests {
  /// The file that `save_weights` writes is the one inside a `.keras` archive.
  @Test func weightsAloneAreOrderedByTheNamesOfTheirGroups() throws {
    let whole = try Fixture("keras3.keras").read()
    let archive = try ZipArchive(
      CheckpointFile(path: Fixture("keras3.keras").path).bytes(format: ""))
    let weights = try archive.file("model.weights.h5").contents
    let alone = try CheckpointReader.inspect(CheckpointFile(name: "tiny.weights.h5", data: weights))
    #expect(alone.sources.padding == .convention(of: "keras.applications"))
    expectSameWeights(alone.checkpoint, whole)
  }

  @Test func shallowNetworksAreRecognised() throws {
    #expect(try Fixture("keras2.h5").read().architecture.layers(resolution: 64).count == 20)
  }

  @Test func theModelsInputAndItsRescalingAreTaken() throws {
    let found = try CheckpointReader.inspect(path: Fixture("keras-transfer.keras").path)
    #expect(found.checkpoint.resolution == 64)
    #expect(found.sources.resolution == .implied(by: "the shape of its input"))
    #expect(
      found.checkpoint.preprocessing
        == Preprocessing(
          channelOrder: .rgb, scale: [1 / 64, 1 / 64, 1 / 64], offset: [-2, -2, -2],
          cropFraction: 0.875))
    #expect(found.sources.preprocessing == .implied(by: "the arithmetic before its first layer"))
  }

  /// Its one channel goes into a network for colours three times.
  @Test func aChannelThatIsRepeatedIsBrightness() throws {
    let found = try CheckpointReader.inspect(path: Fixture("keras-grey.keras").path)
    let expected = Preprocessing(
      channelOrder: .greyThrice, scale: [Float](repeating: 1 / 127.5, count: 3),
      offset: [-1, -1, -1], cropFraction: 0.875)
    #expect(found.checkpoint.preprocessing == expected)
    #expect(found.checkpoint.architecture.inputChannels == 3)
  }

  /// As Keras 3 and Keras 2 write what is called between layers.
  @Test(arguments: [
    (#"{"class_name": "Repeat", "config": {"repeats": 3, "axis": -1}}"#, true),
    (#"{"class_name": "Repeat", "config": {"repeats": 2, "axis": -1}}"#, false),
    (#"{"class_name": "Tile", "config": {"repeats": [1, 1, 1, 3]}}"#, true),
    (#"{"class_name": "Tile", "config": {"repeats": [1, 3, 1, 1]}}"#, false),
    (
      #"""
      {"class_name": "TFOpLambda", "config": {"function": "concat"},
       "inbound_nodes": [[["i", 0, 0, {"axis": 3}], ["i", 0, 0, {"axis": 3}], ["i", 0, 0, {"axis": 3}]]]}
      """#, true
    ),
    (
      #"""
      {"class_name": "TFOpLambda", "config": {"function": "concat"},
       "inbound_nodes": [[["i", 0, 0, {"axis": 1}], ["i", 0, 0, {"axis": 1}], ["i", 0, 0, {"axis": 1}]]]}
      """#, false
    ),
    (
      #"""
      {"class_name": "Concatenate", "config": {"axis": -1},
       "inbound_nodes": [[["i", 0, 0, {}], ["j", 0, 0, {}], ["i", 0, 0, {}]]]}
      """#, false
    ),
    (
      #"""
      {"class_name": "TFOpLambda", "config": {"function": "image.grayscale_to_rgb"},
       "inbound_nodes": [["i", 0, 0, {}]]}
      """#, true
    ),
    (
      #"""
      {"class_name": "TFOpLambda", "config": {"function": "tile"},
       "inbound_nodes": [["i", 0, 0, {"multiples": [1, 1, 1, 3], "name": null}]]}
      """#, true
    ),
  ])
  func oneChannelBecomesThreeInManySpellings(json: String, isRepetition: Bool) throws {
    #expect(KerasLayer(try JSON(Data(json.utf8))).repeatsOneChannel == isRepetition)
  }

  /// Lists in the newest version of HDF5 are other ones, in which everything has to be found again.
  @Test func theNewestVersionOfHDF5SaysTheSame() throws {
    expectSameWeights(try Fixture("keras-latest.h5").read(), try Fixture("keras2.h5").read())
  }

  @Test func aMissingLayerIsNamed() throws {
    // The name of the layer, where its group says which arrays it has.
    let error = try damagedError(
      "keras2.h5", replacing: "conv_dw_2_bn/gamma:0", by: "conv_dw_2_bn/gammX:0")
    #expect(error == "damaged Keras file: conv_dw_2_bn/gammX:0 is missing")
  }

  /// The first bottleneck still is like a pair of MobileNet v1, but for what follows it.
  @Test func aMobileNetV2IsRefusedWhereItStopsBeingOne() {
    #expect(
      throws: ImportError.anotherNetwork(
        layer: "expanded_conv_project",
        found: "a 1×1 convolution from 8 to 8 channels without an activation, followed by a branch",
        expected: "ReLU or ReLU6 after it")
    ) {
      try CheckpointReader.inspect(CheckpointFile(path: Fixture("mobilenet-v2.keras").path))
    }
  }

  /// A batch norm and a ReLU6 behind it are none of its business.
  @Test func aLayerOfAnotherKindIsNamed() throws {
    let kinds = ["DepthwiseConv2D", "SeparableConv2D"].map {
      "\"class_name\": \"\($0)\", \"config\": {\"name\": \"conv_dw_2\""
    }
    let error = try damagedError("keras2.h5", replacing: kinds[0], by: kinds[1])
    #expect(
      error == "not a MobileNet v1: conv_dw_2 is SeparableConv2D, "
        + "expected a 3×3 depthwise convolution of 8 channels, one output each (pair 2)")
  }

  private func expectSameWeights(_ found: Checkpoint, _ expected: Checkpoint) {
    #expect(found.architecture == expected.architecture)
    for layer in expected.architecture.layers(resolution: 64) where layer.hasWeights {
      #expect(found.weights(of: layer)?.weights == expected.weights(of: layer)?.weights)
      #expect(found.weights(of: layer)?.biases == expected.weights(of: layer)?.biases)
    }
  }

  /// The reason for refusing a file in which a text is another one of the same length.
  private func damagedError(
    _ fixture: String, replacing text: String, by other: String
  ) throws -> String? {
    var data = try Data(contentsOf: URL(filePath: Fixture(fixture).path))
    data.replaceSubrange(try #require(data.range(of: Data(text.utf8))), with: Data(other.utf8))
    do throws(ImportError) {
      _ = try CheckpointReader.inspect(CheckpointFile(name: fixture, data: data))
      return nil
    } catch {
      return error.description
    }
  }
}
