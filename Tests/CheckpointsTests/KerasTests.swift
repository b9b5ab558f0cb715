import Foundation
import MobileNet
import Testing

@testable import Checkpoints

/// What Keras' files say beside the weights, and what they may leave out.
struct KerasTests {
  /// The file that `save_weights` writes is the one inside a `.keras` archive.
  @Test func weightsAloneAreOrderedByTheNamesOfTheirGroups() throws {
    let whole = try Fixture("keras3.keras").read()
    let archive = try ZipArchive(
      CheckpointFile(path: Fixture("keras3.keras").path).bytes(format: ""))
    let weights = try archive.file("model.weights.h5").contents
    let alone = try CheckpointReader.inspect(CheckpointFile(name: "tiny.weights.h5", data: weights))
    #expect(alone.checkpoint.architecture == whole.architecture)
    #expect(alone.sources.padding == .convention(of: "keras.applications"))
    for layer in whole.architecture.layers(resolution: 64) where layer.hasWeights {
      #expect(alone.checkpoint.weights(of: layer)?.weights == whole.weights(of: layer)?.weights)
      #expect(alone.checkpoint.weights(of: layer)?.biases == whole.weights(of: layer)?.biases)
    }
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
    #expect(found.sources.preprocessing == .implied(by: "its Rescaling layer"))
  }

  @Test func aMissingLayerIsNamed() throws {
    // The name of the layer, where its group says which arrays it has.
    let error = try damagedError("keras2.h5", replacing: "conv_dw_2_bn/gamma:0")
    #expect(error == "damaged Keras file: conv_dw_2_bn/gammX:0 is missing")
  }

  /// What is said when the last letter before the colon is another in one place of a file.
  private func damagedError(_ fixture: String, replacing text: String) throws -> String? {
    var data = try Data(contentsOf: URL(filePath: Fixture(fixture).path))
    let place = try #require(data.range(of: Data(text.utf8)))
    data[place.upperBound - 3] = UInt8(ascii: "X")
    do throws(ImportError) {
      _ = try CheckpointReader.inspect(CheckpointFile(name: fixture, data: data))
      return nil
    } catch {
      return error.description
    }
  }
}
