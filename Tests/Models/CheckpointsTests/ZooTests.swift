import Foundation
import Images
import MobileNet
import Tensors
import Testing

@testable import Checkpoints

/// The folder of real checkpoints, with photos in a folder beside it.
private let zooFolder = ProcessInfo.processInfo.environment["MOBILENET_ZOO"].map {
  URL(filePath: $0)
}

/// Real checkpoints on real photos, layer by layer; Fixtures/make_zoo.py made the numbers.
@Suite(.enabled(if: zooFolder != nil, "MOBILENET_ZOO names no folder"))
struct ZooTests {
  @Test(arguments: [
    ("mobilenet_v1_0.25_128_quant", "golden_retriever"), ("mobilenet_v1_0.5_160_quant", "zebra"),
    ("mobilenet_v1_0.75_192_quant", "banana"), ("mobilenet_v1_0.75_192_quant", "school_bus"),
    ("mobilenet_v1_1.0_224_quant_embedding_extractor", "teapot"),
  ])
  func everyLayerAgreesWithONNXRuntime(checkpoint: String, photo: String) throws {
    let folder = try #require(zooFolder)
    let path = folder.appending(path: "\(checkpoint).tflite").path(percentEncoded: false)
    let network = try Network(CheckpointReader.read(path: path), threads: 1)
    let image = try DecodedImage(
      contentsOf: folder.deletingLastPathComponent().appending(path: "photos/\(photo).jpg")
        .path(percentEncoded: false))
    let pixels = shrunk(image.pixels, side: network.resolution.height)
    let preprocessing = network.checkpoint.preprocessing
    let input = Tensor(
      shape: network.inputShape,
      values: pixels.enumerated().map { index, value in
        Float(value) * preprocessing.scale[index % 3] + preprocessing.offset[index % 3]
      })
    try expectAgreement(
      network.run(input), with: Fixture("zoo/\(checkpoint)-\(photo)").expected())
  }

  @Test func aFeatureExtractorOpensWithoutClasses() throws {
    let path = try #require(zooFolder)
      .appending(path: "mobilenet_v1_1.0_224_quant_embedding_extractor.tflite")
    let checkpoint = try CheckpointReader.read(path: path.path(percentEncoded: false))
    #expect(checkpoint.architecture.classes == nil)
    #expect(checkpoint.architecture.layers(resolution: 224).count == 28)
  }

  @Test func labelsBesideTheFileAreTaken() throws {
    let path = try #require(zooFolder).appending(path: "mobilenet_v1_0.5_160_quant.tflite")
    let checkpoint = try CheckpointReader.read(path: path.path(percentEncoded: false))
    #expect(checkpoint.labels.count == 1001)
    #expect(checkpoint.label(0) == "background" && checkpoint.label(341) == "zebra")
  }

  /// The photo's centre; each pixel is the mean of a square, rounded down.
  private func shrunk(_ photo: Pixels, side: Int) -> [Int] {
    let factor = min(photo.width, photo.height) / side
    let left = (photo.width - factor * side) / 2
    let top = (photo.height - factor * side) / 2
    var values: [Int] = []
    for y in 0..<side {
      for x in 0..<side {
        var sums = [0, 0, 0]
        for row in 0..<factor {
          for column in 0..<factor {
            let pixel = photo[left + x * factor + column, top + y * factor + row]
            sums[0] += Int(pixel.red)
            sums[1] += Int(pixel.green)
            sums[2] += Int(pixel.blue)
          }
        }
        values += sums.map { $0 / (factor * factor) }
      }
    }
    return values
  }
}
